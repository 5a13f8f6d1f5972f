import { answerText } from '../../domain/asks/form-text.js';
import { type Answer, textsOfEach } from '../../domain/asks/forms.js';
import { targetKey } from '../../domain/asks/outlook.js';
import { filledSeats } from '../../domain/asks/seats.js';
import type { Outcome } from '../../domain/asks.js';
import { byNumber } from '../../domain/ids.js';
import { kinds } from '../../domain/kinds/index.js';
import { seatedJurors } from '../../domain/kinds/seat.js';
import { isHeard } from '../../domain/selection.js';
import { type AnswerRow, type AskRow, findAsks, requestId } from '../../store/asks.js';
import { freezeDocument } from '../../store/documents.js';
import { insertPairs, pairsOf } from '../../store/projects.js';
import { queueNotice } from '../../store/queue.js';
import { claimedRungs } from '../../store/rungs.js';
import {
  applicationsOf,
  declareInterests,
  ruleEligibility,
  takeOut,
  writeFates,
  writeScores,
  writeShortlist,
} from '../../store/selection.js';
import type { ReviewContext } from './context.js';
import { deliberationMinutes, type Minutes, proposalMinutes } from './minutes.js';
import { answersIn, applicantIn } from './people.js';

/** An answer as settling reads it. */
export type Given = Omit<AnswerRow, 'ask'>;

/** The reason that is common to all, and those of single applications. */
const reasonsIn = (answer: Answer | undefined) => ({ reason: words(answer, 'reason'), reasons: textsOfEach(answer, 'reasons') });

/** What a settled ask decides and names. */
export interface Decided {
  result?: string;
  items?: string[];
}

const words = (answer: Answer | undefined, name: string): string => {
  const value = answer?.[name];
  return typeof value === 'string' ? value : '';
};
const ids = (answer: Answer | undefined, name: string): string[] => {
  const value = answer?.[name];
  return Array.isArray(value) ? value : [];
};

/** Writes down what follows from the answers to an ask at the moment it settles, and says what was decided. */
export async function consequencesOf(
  context: ReviewContext,
  ask: AskRow,
  given: readonly Given[],
  { outcome, closedAt }: { outcome: Outcome; closedAt: number },
): Promise<Decided> {
  const { tx, edition } = context;
  const first = given[0];
  switch (ask.kind) {
    case 'document':
      if (first !== undefined) await freeze(context, ask, first);
      if (first !== undefined && ask.step === 'restitution') await tellResults(context);
      return {};
    case 'approve':
      return approval(context, ask, given, outcome);
    case 'apply':
      return {
        items: (await applicationsOf(tx, edition.id)).filter((a) => a.state === 'submitted' && a.eligible === null).map((a) => a.id),
      };
    case 'eligibility':
      await ruleEligibility(tx, edition.id, {
        application: ask.part,
        eligible: first?.decision === 'yes',
        reason: words(first?.answer, 'reason'),
      });
      return { result: first?.decision ?? 'no' };
    case 'shortlist': {
      const items = ids(first?.answer, 'applications');
      await writeShortlist(tx, edition.id, { applications: items, ...reasonsIn(first?.answer) });
      return { items };
    }
    case 'seat':
      return { items: await seatedJurors(answersIn(context)) };
    case 'prepare':
      return { items: await tellOutTheSilent(context, given) };
    case 'interests':
      for (const { person, answer } of given)
        await declareInterests(tx, edition.id, { person, applications: ids(answer, 'conflicts'), nature: words(answer, 'nature') });
      return {};
    case 'score':
      for (const { person, answer } of given) await keepScores(context, person, answer);
      return {};
    case 'deliberation': {
      const [retained, reserve] = [ids(first?.answer, 'retained'), ids(first?.answer, 'reserve')];
      await writeFates(tx, edition.id, { retained, reserve, ...reasonsIn(first?.answer) });
      if (first !== undefined) {
        const pitched = (await applicationsOf(tx, edition.id)).filter(isHeard);
        await freeze(
          context,
          ask,
          first,
          deliberationMinutes(pitched, { ...reasonsIn(first.answer), minutes: words(first.answer, 'minutes') }, edition.territory.locale),
        );
      }
      return { items: [...retained].sort(byNumber) };
    }
    case 'pairs':
      return { items: await writePairs(context, ask, first) };
    case 'session':
      return { result: first?.decision ?? undefined };
    case 'proposal':
      if (first !== undefined) {
        const proposed = { outcome: first.decision ?? 'end', terms: words(first.answer, 'terms') };
        await freeze(context, ask, first, proposalMinutes(proposed, edition.territory.locale));
      }
      return { result: first?.decision ?? undefined };
    case 'sitting':
      return { result: first?.decision ?? undefined };
    case 'decide':
      return decision(context, ask, first, closedAt);
    case 'interview':
    case 'relay':
    case 'introduction':
    case 'report':
      return {};
  }
}

/** All approve, or one answer decides; a stage that ended without all of them has decided nothing. */
async function approval(context: ReviewContext, ask: AskRow, given: readonly Given[], outcome: Outcome): Promise<Decided> {
  if (outcome !== 'complete') return {};
  const deciding = given.find((g) => g.decision !== 'approved');
  if (deciding === undefined) return { result: 'approved' };
  await tellTheOthers(context, ask);
  return { result: deciding.decision ?? undefined };
}

/** Whoever was asked beside the one who decided is told that their answer about this version is no longer needed. */
async function tellTheOthers(context: ReviewContext, ask: AskRow): Promise<void> {
  const places = (await context.holders()).get(ask.id) ?? [];
  const filled = filledSeats(places);
  const claimed = (await claimedRungs(context.tx, [ask.id])).get(ask.id);
  const wasAsked = (addressee: string) => (claimed?.get(targetKey({ addressee })) ?? []).some(({ sent }) => sent);
  for (const { person } of places.filter(({ person, seat, closed }) => closed === null && !filled.has(seat) && wasAsked(person)))
    await queueNotice(context, {
      key: `sent-back.${ask.id}.${person}`,
      person,
      template: 'sent-back',
      context: { request: requestId(ask.id, person, context.row.request_salt) },
    });
}

/** Freezes what was deposited – or the minutes made of an answer – as the version that its circuit is about. */
async function freeze(
  { tx, edition }: ReviewContext,
  ask: AskRow,
  { person, answer, closed_at }: Given,
  minutes: Minutes = { title: words(answer, 'title'), body: answerText(edition, kinds[ask.kind].form(ask.step), answer) },
): Promise<void> {
  const { step, version, generation } = ask;
  const document = { step, project: ask.project ?? '', version, generation, ask: ask.id, author: person };
  await freezeDocument(tx, edition.id, { ...document, ...minutes, at: closed_at.getTime() });
}

/** Results go to management, elected officials and teams: everybody who took part but the relays and the applicants who were not retained. */
async function tellResults(context: ReviewContext): Promise<void> {
  const applicants = (await context.projects()).map((project) => project.applicant);
  for (const { id, role, left_at } of (await context.people()).values())
    if (left_at === null && ((role !== 'relay' && role !== 'applicant') || applicants.includes(id)))
      await queueNotice(context, { key: `restitution.${id}`, person: id, template: 'restitution' });
}

/** The shortlisted from whose seats nobody confirmed are out, and told so. Answers the applications that go on. */
async function tellOutTheSilent(context: ReviewContext, given: readonly Given[]): Promise<string[]> {
  const { tx, edition } = context;
  const confirmed = new Set(given.filter((g) => g.decision === 'yes').map((g) => g.seat));
  const declined = new Set(given.filter((g) => g.decision === 'no').map((g) => g.seat));
  const pitching = (await applicationsOf(tx, edition.id)).filter(isHeard);
  const applicant = await applicantIn(context);
  for (const application of pitching.filter((a) => !confirmed.has(a.person))) {
    await takeOut(tx, edition.id, application.id);
    await queueNotice(context, {
      key: `told-out.${application.id}`,
      person: applicant(application.person),
      template: 'told-out',
      context: { application: application.id, ...(declined.has(application.person) ? { why: 'declined' } : {}) },
      letter: true,
    });
  }
  return pitching.filter((a) => confirmed.has(a.person)).map((a) => a.id);
}

async function keepScores({ tx, edition }: ReviewContext, person: string, answer: Answer): Promise<void> {
  const table = answer.scores;
  if (typeof table !== 'object' || Array.isArray(table)) return;
  const marks = Object.entries(table).flatMap(([application, given]) =>
    typeof given === 'string' ? [] : Object.entries(given).map(([criterion, score]) => ({ application, criterion, score })),
  );
  await writeScores(tx, edition.id, { person, marks });
}

async function writePairs({ tx, edition }: ReviewContext, ask: AskRow, given: Given | undefined): Promise<string[]> {
  const project = ask.project ?? '';
  await insertPairs(tx, edition.id, { project, people: ids(given?.answer, 'people'), purpose: words(given?.answer, 'purpose') });
  return (await pairsOf(tx, edition.id, project)).map((pair) => pair.id);
}

/** What coordinators chose: a document written in somebody's name is frozen; a moved session's new day is named. */
async function decision(context: ReviewContext, ask: AskRow, given: Given | undefined, closedAt: number): Promise<Decided> {
  if (given === undefined) return {};
  const { answer } = given;
  const choice = given.decision ?? undefined;
  if (choice === 'move') return { result: choice, items: [words(answer, 'date')] };
  if (choice === 'in-place' && words(answer, 'body') !== '' && ask.about !== null) {
    const [about] = await findAsks(context.tx, [ask.about]);
    if (about?.kind === 'document') await freeze(context, about, { ...given, closed_at: new Date(closedAt) });
  }
  return { result: choice };
}
