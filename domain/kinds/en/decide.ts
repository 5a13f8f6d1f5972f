import { dateInWords } from '../../instants.js';
import { CHOICE_WORDS } from '../../outcomewords.js';
import { awaited, isSilence, lackingView, list, project, quoted } from '../../phrases.js';
import type { AskView } from '../../view.js';
import { STEP_WORDS } from '../../words.js';
import type { KindWords, OptionWords, TooFew } from '../words.js';
import { coordination, coordinators, onDay } from './common.js';
import { others } from './others.js';

/** What coordinators may choose where something is lacking. */
export function choices({ lacking }: Pick<AskView, 'lacking'>): Record<AskView['choices'][number], OptionWords> {
  const circuit = lacking?.kind === 'approve' || lacking?.kind === 'sitting';
  return {
    extend: { label: 'Extend', hint: 'The same people are asked again, with a new date and new reminders.' },
    'go-on': {
      label: 'Go on with what there is',
      hint: circuit ? 'The next step begins without this approval.' : 'The next step begins with the answers received.',
    },
    'in-place': { label: 'Decide in place', hint: 'Your decision stands for the answer; it is recorded in your name.' },
    move: { label: 'Move the session', hint: 'It will take place on the date you give.' },
    drop: { label: 'Drop this session', hint: 'It is not replaced; the others remain.' },
    'drop-project': { label: 'Drop the project', hint: 'Nothing more is asked for it; the other projects go on.' },
    'end-edition': { label: 'End the edition', hint: 'Nothing more is asked of anyone. This cannot be undone.' },
  };
}

function special(outcome: NonNullable<AskView['lacking']>['outcome']): string | undefined {
  switch (outcome) {
    case 'refused':
      return 'the approval was refused.';
    case 'undecided':
      return 'time ran out before everyone had decided.';
    case 'not-held':
      return 'the session did not take place.';
    case 'no-sitting':
      return 'no sitting of the assembly is left before the restitution.';
    case 'partial':
      return 'time ran out with only part of the answers.';
    case 'complete':
    case 'none':
    case 'closed':
    case 'cancelled':
      return undefined;
  }
}

/** What is lacking, in one sentence with its step and project. */
function whatLacks({ lacking: what, project: of, ask }: AskView): string {
  const where = `${STEP_WORDS[what?.step ?? ask.step].en}${of ? `, project “${of.title}”` : ''}`;
  if (what === undefined) return `${where}: what comes next is to be decided.`;
  return `${where}: ${special(what.outcome) ?? (what.kind === 'decide' ? decide : others[what.kind]).lacking}`;
}

/** What "not enough" means, where it is not just a missing answer. */
function shortOf({ lacking: what }: AskView): TooFew | undefined {
  if (what === undefined || what.kind === 'decide' || !['none', 'partial', 'complete'].includes(what.outcome)) return undefined;
  return others[what.kind].tooFew;
}

const onLackingDay = (view: AskView): string => onDay(view.lacking?.part, view);

function notHeld(view: AskView): string {
  const title = view.project === undefined ? '' : `, ${quoted(view.project.title, 'en')}`;
  return `session${onLackingDay(view)} not held${title}`;
}

/** The thing that lacks, with its day for a session. */
function lackingThing(view: AskView): string {
  const kind = view.lacking?.kind;
  if (kind === undefined || kind === 'decide') return 'an awaited answer';
  if (view.lacking?.outcome === 'not-held') return notHeld(view);
  return shortOf(view)?.thing ?? others[kind].mail.thing(lackingView(view)).text;
}

/** What is lacking, as one sentence. */
function lacks(view: AskView): string {
  const short = shortOf(view)?.sentence;
  if (short !== undefined) return short;
  const thing = lackingThing(view);
  switch (view.lacking?.outcome) {
    case 'none':
      return `The date has passed without any answer: ${thing}.`;
    case 'partial':
    case 'complete':
      return `The answers received are not enough to go on: ${thing}.`;
    case 'refused':
      return `The answer is a refusal: ${thing}.`;
    case 'undecided':
      return `The circuit ended without a decision: ${thing}.`;
    case 'not-held':
      return `The session${onLackingDay(view)} was not held.`;
    case 'no-sitting':
      return 'No sitting is left to which this file could still go.';
    case 'closed':
    case 'cancelled':
    case undefined:
      return `Something is lacking to go on: ${thing}.`;
  }
}

const options = ({ choices: given }: AskView) =>
  list(
    given.map((choice) => CHOICE_WORDS[choice].en),
    'en',
    'or',
  );

/** Something is lacking; a coordinator chooses how to go on. */
export const decide: KindWords<'decide'> = {
  page: {
    title: ({ lacking: what }) => (isSilence(what?.outcome) ? 'An answer is lacking: how shall we go on?' : 'How shall we go on?'),
    lead: (view) => `${whatLacks(view)} Each choice says what it will do.`,
    why: coordination,
    next: () => 'the programme applies your choice at once; it is in the journal with your reason',
    button: 'Apply this choice',
    done: 'Your choice is recorded',
    noun: 'decision of the coordinators',
  },
  fields: (view) => ({
    choice: { label: 'Your choice', options: choices(view) },
    date: { label: 'The new date', hint: `Only to move a session${takenDays(view)}.`, conditional: true },
    title: { label: 'Title of the text', hint: 'Only if you decide in place.', conditional: true },
    body: { label: 'The text', hint: 'Only if you decide in place; it will be frozen in your name.', conditional: true },
    reason: { label: 'The reason', hint: 'It is in the journal.' },
  }),
  lacking: 'a decision remains to be taken.',
  mail: {
    awaited: () => awaited('Your decision'),
    topic: (view) => lackingThing(view),
    request: (view) => `${lacks(view)} You can ${options(view)}. Please say why: your reason is written in the journal.`,
    why: () => coordinators,
    silence: (view) =>
      view.project === undefined ? 'the edition does not move on this point' : `the project ${project(view, 'en')} does not move`,
    after: () => 'Your decision is applied at once, in your name.',
    act: 'Decide',
    late: (view) => `has not decided how to go on yet (${lackingThing(view)})`,
    thing: (view) => awaited(`decision on how to go on (${lackingThing(view)})`),
  },
};

/** The days to come that a session cannot be moved to. */
function takenDays(view: AskView): string {
  const days = (view.form.taken ?? []).map((day) => dateInWords(day, view, 'en'));
  return days.length === 0 ? '' : `; a session already takes place on ${list(days, 'en')}`;
}
