import { lastDigest, nextDigest } from '../../domain/digest.js';
import { mailText } from '../../rehearsal/mailtext.js';
import type { Chronicle } from './chronicle.js';

/** A digest that left, as it is read. */
export interface SentDigest {
  person: string;
  at: number;
  text: string;
  /** The lines of what moved. */
  moved: string[];
}

/** Every digest that left, in order. */
export function digestsIn({ mails }: Chronicle): SentDigest[] {
  return mails
    .filter((mail) => mail.template === 'digest')
    .map(({ person, at, bytes }) => {
      const text = mailText(bytes).plain;
      const moved = /(?:Ce qui a avancé|What has moved)\n\n((?:- .*\n)+)/.exec(text)?.[1]?.trim().split('\n') ?? [];
      return { person, at, text, moved };
    });
}

/** The weeks from one digest instant to the next, and whether anything happened in each that a digest could tell. */
export function weeksOf(
  { calendar, facts, asks }: Chronicle,
  { from, to }: { from: number; to: number },
): { since: number; until: number; moved: boolean }[] {
  const weeks: { since: number; until: number; moved: boolean }[] = [];
  for (
    let since = lastDigest(from, calendar), until = nextDigest(since, calendar);
    until < to;
    since = until, until = nextDigest(until, calendar)
  ) {
    const isIn = (at: number | null) => at !== null && at >= since && at < until;
    const letters = (at: Date) => calendar.endOfDay(calendar.dateOf(at.getTime()));
    const moved =
      facts.some((fact) => isIn(fact.recorded_at.getTime()) || (fact.what === 'projects' && isIn(letters(fact.recorded_at)))) ||
      asks.some((ask) => isIn(ask.closedAt) && ['session', 'approve', 'sitting'].includes(ask.kind));
    weeks.push({ since, until, moved });
  }
  return weeks;
}
