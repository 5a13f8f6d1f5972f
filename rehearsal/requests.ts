import type { AskKind } from '../domain/asks.js';
import { plain } from '../domain/clean.js';
import { CHOICE_WORDS } from '../domain/outcomewords.js';
import type { StepId } from '../domain/steps.js';
import type { AskView } from '../domain/view.js';
import { inWords, LOCALES, type Locale } from '../domain/words.js';
import { askWords } from '../mail/words/asks.js';

/** What is asked, as far as an ask tells it by itself. */
export interface Asked {
  kind: AskKind;
  step: StepId;
  project: string | null;
  part: string | null;
  version: number;
}

/** The words of a request that stay the same whoever reads it, in order: between them stand titles, names, numbers and dates. */
export type Request = readonly string[];

/** A text as a row of words: how it is set, wrapped or quoted makes no difference. */
export const wordsOf = (text: string): string =>
  ` ${
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  } `;

/** Whether a row of words says a request: all of its words, in their order. */
export function says(words: string, request: Request): boolean {
  let from = 0;
  for (const piece of request) {
    const at = words.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length - 1; // the space after one piece may be the space before the next
  }
  return request.length > 0;
}

const known = new Map<string, Request[]>();

/** What a mail about an ask may say to carry its request, in the programme's own words and either language; a session's announcement has its own. */
export function requestsOf(asked: Asked, { announced }: { announced: boolean }): readonly Request[] {
  const key = JSON.stringify([asked.kind, asked.step, asked.project === null, asked.part, asked.version, announced]);
  const requests = known.get(key) ?? LOCALES.flatMap((locale) => viewsOf(asked, announced).map((view) => requestIn(locale, view)));
  known.set(key, requests);
  return requests;
}

/** A letter nobody types, in the place of what only the database knows. */
const gap = '\ue000';
const someNumber = 7_000_007;
const someDay = '1999-12-31';
/** A deadline at midnight, which is said as 23:59 of `someDay`: the hour is taken out below, the day is a gap. */
const someMidnight = Date.parse('2000-01-01T00:00:00Z');

function requestIn(locale: Locale, view: AskView): Request {
  const { request } = askWords(view.ask.kind, locale);
  const said = [
    inWords(someDay, locale, { year: true }),
    inWords(someDay, locale, { year: false }),
    String(someNumber),
    CHOICE_WORDS.extend[locale],
  ].reduce(
    (text, varying) => text.replaceAll(varying, gap),
    plain(request(view)).replaceAll(/ (à|at) 23(\u00a0h\u00a0|:)59 \([^)]*\)/g, ''),
  );
  const pieces = said.split(gap).map(wordsOf);
  // what is lacking is said in many ways; what is asked of the coordinators follows the choices
  return (view.ask.kind === 'decide' ? pieces.slice(1) : pieces).filter((piece) => piece.trim() !== '');
}

/** An ask of which only what it tells by itself is known: with the day of what it prepares, which not every edition has set, and without. */
function viewsOf({ kind, step, project, part, version }: Asked, announced: boolean): AskView[] {
  const ownDay = kind === 'session' || kind === 'sitting' ? part : null;
  const undated: AskView = {
    request: gap,
    linkN: 1,
    at: someMidnight,
    edition: {
      id: gap,
      title: gap,
      territory: gap,
      timezone: 'UTC',
      locale: 'fr',
      contact: { name: gap, email: gap },
      status: 'running',
      territoryId: gap,
      shifted: true,
    },
    ask: {
      id: gap,
      kind,
      step,
      version,
      ...(part === null ? {} : { part }),
      generation: 1,
      openedAt: announced ? null : someMidnight,
      opensAt: someMidnight,
      due: someDay,
      dueAt: someMidnight,
      endsAt: someMidnight,
    },
    ...(project === null ? {} : { project: { id: project, title: gap, need: gap, directorate: gap } }),
    application: { id: gap, title: gap, need: gap, summary: gap, applicant: gap },
    pair: { project: gap, applicant: gap, other: gap, purpose: '' },
    person: { id: gap, name: gap, email: gap, role: gap, locale: 'fr' },
    before: [],
    documents: [],
    applications: [],
    choices: ['extend'],
    form: {
      kind,
      step,
      applications: [],
      criteria: [],
      people: [],
      min: someNumber,
      max: someNumber,
      choices: [],
      needsText: false,
    },
  };
  const dated: AskView = { ...undated, event: { on: ownDay ?? someDay, body: gap } };
  // read in the year of its own day, which is not said then, and in another
  const years = ownDay === null ? [someMidnight] : [someMidnight, Date.parse(`${ownDay}T12:00:00Z`)];
  return years.flatMap((at) => [
    { ...dated, at },
    { ...undated, at },
  ]);
}
