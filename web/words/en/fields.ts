/** The fields of each kind of ask, in English: labels, hints, and what each choice will do. */
import type { CircuitStepId } from '../../../domain/steps.js';
import type { AskView } from '../../../domain/view.js';
import type { KindFields, OptionWords } from '../shape.js';
import { documents } from './subjects.js';

const approvals: Record<CircuitStepId, Record<'approved' | 'changes-requested' | 'refused', OptionWords>> = {
  'diagnosis-approval': {
    approved: { label: 'I approve', hint: 'The call for applications can be written.' },
    'changes-requested': { label: 'I request changes', hint: 'It goes back to the coordinators with your remarks; your clock stops.' },
    refused: { label: 'I refuse', hint: 'The coordinators decide what comes next; say why.' },
  },
  'selection-approval': {
    approved: { label: 'I approve', hint: 'The letters leave all together.' },
    'changes-requested': { label: 'I request changes', hint: 'The deliberation is taken up again with your remarks; your clock stops.' },
    refused: { label: 'I refuse', hint: 'The deliberation is taken up again; say why.' },
  },
  'roadmap-approval': {
    approved: { label: 'I approve', hint: 'The project goes into the field once everyone has approved.' },
    'changes-requested': { label: 'I request changes', hint: 'It goes back to the project owner with your remarks; your clock stops.' },
    refused: { label: 'I refuse', hint: 'The project does not start; say why.' },
  },
  'outcome-approval': {
    approved: { label: 'I approve', hint: 'The outcome is decided once everyone has approved.' },
    'changes-requested': {
      label: 'I request changes',
      hint: 'The proposal goes back to its directorate with your remarks; your clock stops.',
    },
    refused: { label: 'I refuse', hint: 'The proposal is taken up again; say why.' },
  },
};
const approvalOf = ({ ask }: AskView) =>
  ask.step === 'diagnosis-approval' || ask.step === 'selection-approval' || ask.step === 'outcome-approval'
    ? approvals[ask.step]
    : approvals['roadmap-approval'];

/** One entry per kind of ask, one per field. */
export const fields: KindFields = {
  interview: () => ({
    problems: { label: 'Which acute problems do you see?', hint: 'Whom they touch, since when, how you can tell.' },
    existing: { label: 'What exists already?' },
    missing: { label: 'What is missing?' },
    leads: { label: 'Which leads do you see?', hint: 'An idea, a solution seen elsewhere, someone to meet.' },
  }),
  document: (view) => ({
    title: { label: 'Title' },
    body: { label: documents(view).body, hint: 'Plain text; an empty line separates two paragraphs. Once deposited, it does not change.' },
  }),
  approve: (view) => ({
    decision: { label: 'Your decision', options: approvalOf(view) },
    remarks: {
      label: 'Your remarks',
      hint: 'Optional if you approve; read by the coordinators and by those who approve.',
      conditional: true,
    },
  }),
  relay: () => ({
    spread: {
      label: 'Your answer',
      options: {
        yes: { label: 'Yes, I will spread the call', hint: 'Thank you. Use the link given above: it is yours.' },
        no: { label: 'No, not this time', hint: 'We will not remind you about this call.' },
      },
    },
    remarks: { label: 'A word to the coordinators' },
  }),
  apply: () => ({
    title: { label: 'The name of your solution' },
    need: { label: 'The need it answers' },
    summary: {
      label: 'Your solution in a few paragraphs',
      hint: 'What it is, for whom, where it has already worked, what you would like to try here.',
    },
  }),
  eligibility: () => ({
    eligible: {
      label: 'Your ruling',
      options: {
        yes: { label: 'Eligible', hint: 'It goes on to the shortlist.' },
        no: { label: 'Not eligible', hint: 'It goes no further; the reason is kept.' },
      },
    },
    reason: { label: 'The reason' },
  }),
  shortlist: () => ({
    applications: { label: 'The applications to hear' },
    reason: { label: 'What guided your choice' },
  }),
  seat: () => ({
    seat: {
      label: 'Your answer',
      options: {
        yes: { label: 'Yes, I will sit', hint: 'You will receive the applications the same way.' },
        no: { label: 'No, I will not sit', hint: 'Nothing else will be asked of you for this jury.' },
      },
    },
  }),
  prepare: () => ({
    confirm: {
      label: 'Your answer',
      options: {
        yes: { label: 'Yes, I will come', hint: 'The coordinators will give you your time of passage.' },
        no: { label: 'No, I withdraw', hint: 'Your application will not be presented to the jury.' },
      },
    },
    material: { label: 'What the jury should read before', hint: 'A text, or the web addresses of your documents.' },
  }),
  interests: () => ({
    conflicts: { label: 'The applications you have a tie with', hint: 'Tick nothing if you have none.' },
    nature: {
      label: 'The nature of the tie',
      hint: 'One sentence is enough; needed only if you ticked an application.',
      conditional: true,
    },
  }),
  score: () => ({
    scores: { label: 'Your scores, from 0 to 5' },
    remarks: { label: 'Your remarks', hint: 'Read at the deliberation, with the scores.' },
  }),
  deliberation: () => ({
    retained: { label: 'The projects retained' },
    reserve: { label: 'In reserve', hint: 'Called if a retained project withdraws.' },
    reason: { label: 'The reasons', hint: 'They will be in the letters to the applicants.' },
  }),
  pairs: () => ({
    people: { label: 'The people to meet', hint: 'Tick nobody if no meeting is useful.' },
    purpose: { label: 'What the project expects of it', hint: 'Read by both sides.' },
  }),
  introduction: () => ({
    met: {
      label: 'Your answer',
      options: {
        met: { label: 'Yes, we met' },
        'not-possible': { label: 'No, it was not possible', hint: 'Say why in a word, if you like.' },
      },
    },
    remarks: { label: 'What came of it' },
  }),
  session: () => ({
    held: {
      label: 'Your answer',
      options: {
        yes: { label: 'Yes, it took place' },
        no: { label: 'No', hint: 'The coordinators will decide to move it or drop it.' },
      },
    },
    attendance: { label: 'How many people came?', hint: 'A number, zero included.' },
    indicators: { label: 'What you measured', hint: 'The indicators of the roadmap, as they are.' },
  }),
  report: () => ({
    body: { label: 'Your report', hint: 'What changed, for whom; what was missing; what it would take to do it again.' },
    economic: { label: 'Can it be done elsewhere, economically?', hint: 'From 1 (hardly) to 5 (at once).' },
    social: { label: 'Can it be done elsewhere, socially?', hint: 'From 1 (hardly) to 5 (at once).' },
  }),
  proposal: () => ({
    outcome: {
      label: 'Your proposal',
      options: {
        agreement: { label: 'An agreement', hint: 'The authority and the project commit to what comes next.' },
        'scale-up': { label: 'A scale-up', hint: 'What was tried with a few is offered to many.' },
        end: { label: 'An end', hint: 'The experiment stops here; what was learnt is presented.' },
      },
    },
    terms: { label: 'The terms', hint: 'Duration, means, people reached, who does what.' },
  }),
  sitting: () => ({
    decision: {
      label: 'The decision',
      options: {
        adopted: { label: 'Adopted' },
        adjourned: { label: 'Adjourned', hint: 'The next sitting is aimed at; the dates are worked out again.' },
        rejected: { label: 'Rejected', hint: 'As a refusal; say why.' },
      },
    },
    remarks: { label: 'Remarks', hint: 'Needed if the decision is a rejection.', conditional: true },
  }),
  decide: (view) => ({
    choice: { label: 'Your choice', options: choices(view) },
    date: { label: 'The new date', hint: 'Only to move a session.', conditional: true },
    title: { label: 'Title of the text', hint: 'Only if you decide in place.', conditional: true },
    body: { label: 'The text', hint: 'Only if you decide in place; it will be frozen in your name.', conditional: true },
    reason: { label: 'The reason', hint: 'It is in the journal.' },
  }),
};

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
