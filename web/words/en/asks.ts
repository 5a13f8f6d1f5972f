/** What pages say of each kind of ask, in English. */

import { nextAfterRefusal } from '../../../domain/asks/sentback.js';
import type { AskKind } from '../../../domain/asks.js';
import { dateInWords } from '../../../domain/instants.js';
import type { StepId } from '../../../domain/steps.js';
import type { AskView } from '../../../domain/view.js';
import { isRoleWord, ROLE_WORDS } from '../../../domain/words.js';
import { partInWords } from '../dates.js';
import { isSilence } from '../fr/subjects.js';
import type { AskWords } from '../shape.js';
import { documents, lacking } from './subjects.js';

const project = (view: AskView) => (view.project ? `“${view.project.title}”` : 'the project');
const application = (view: AskView) => (view.application?.title ? `“${view.application.title}”` : 'this application');
const otherSide = ({ pair, person }: AskView) =>
  pair === undefined ? 'the person suggested' : person.role === 'applicant' ? pair.other : pair.applicant;
const asRole = ({ person }: AskView) => (isRoleWord(person.role) ? ROLE_WORDS[person.role].en : 'participant');
const coordination = () => 'you are one of the coordinators; the first answer from any of you is enough';
const carriedBy = ({ project: one }: AskView) => (one ? `${one.directorate} carries this project` : 'you carry this project');

const afterApproval: Partial<Record<StepId, string>> = {
  'diagnosis-approval': 'once everyone has approved, the call for applications is written from this diagnosis',
  'selection-approval': 'once everyone has approved, all the letters leave together: retained, reserve, not retained, with the reasons',
  'roadmap-approval': 'once everyone has approved, the field sessions begin; you will receive the results',
  'outcome-approval': 'once everyone has approved, the outcome is decided, in a sitting if need be, then presented to all',
};

/** One entry per kind of ask. */
export const asks: Record<AskKind, AskWords> = {
  interview: {
    title: () => 'Which social needs remain unanswered, from where you stand?',
    lead: () => 'Four questions; a few lines are enough. Your answers feed the diagnosis from which the search for solutions starts.',
    why: (view) => `you are interviewed as ${asRole(view)}; every view counts`,
    next: () => 'the coordinators compare all the interviews, write the diagnosis and have it approved',
    button: 'Send my answers',
    done: 'Your answers are recorded',
    noun: 'interview',
  },
  document: {
    title: (view) => documents(view).question,
    lead: (view) => documents(view).lead,
    why: (view) => documents(view).why,
    next: (view) => documents(view).next,
    button: 'Deposit the document',
    done: 'Your document is deposited',
    noun: 'document',
  },
  approve: {
    title: (view) => `Do you approve ${documents(view).approved}?`,
    lead: (view) =>
      view.documents.length > 0
        ? 'Read the document, then give your decision. What you approve is frozen: nobody can change it after you.'
        : 'Read what follows, then give your decision. You may request changes: say which.',
    why: ({ stage }) => (stage ? `you are step ${stage.n} of ${stage.of} of the approval` : 'your approval is part of the decision'),
    next: (view) => nextAfterRefusal(view, 'en') ?? afterApproval[view.ask.step] ?? 'once everyone has approved, the next step begins',
    button: 'Send my decision',
    done: 'Your decision is recorded',
    noun: 'approval',
  },
  relay: {
    title: () => 'Will you spread the call for applications?',
    lead: () =>
      'The call looks for solutions that have already worked elsewhere. The relay link given here is yours: it tells through whom a project came, and nothing else.',
    why: () => 'your network reaches project owners we do not know',
    next: () => 'the call closes by itself at the end of its last day',
    button: 'Send my answer',
    done: 'Your answer is recorded',
    noun: 'spreading the call',
  },
  apply: {
    title: () => 'Which solution do you propose?',
    lead: () =>
      'A draft is not an application: it must be submitted before the closing. Until then you can come back to it with the link you received by mail.',
    why: () => 'you started an application',
    next: () =>
      'the coordinators check that it is eligible, then the jury hears the shortlisted applications; you will be told in every case',
    button: 'Submit my application',
    done: 'Your application is submitted',
    noun: 'application',
  },
  eligibility: {
    title: (view) => `Is ${application(view)} eligible?`,
    lead: () => 'Say whether it meets the conditions of the call, and why. This is not yet a judgement of its quality.',
    why: coordination,
    next: () => 'eligible applications go on to the shortlist; the reason is kept',
    button: 'Record',
    done: 'The eligibility is recorded',
    noun: 'eligibility',
  },
  shortlist: {
    title: () => 'Which applications will the jury hear?',
    lead: ({ form }) => `Choose ${between(form.min, form.max, 'application')} among the eligible ones, and say why.`,
    why: coordination,
    next: () => 'the shortlisted applicants confirm that they come; jurors declare their interests before they read anything',
    button: 'Record the shortlist',
    done: 'The shortlist is recorded',
    noun: 'shortlist',
  },
  seat: {
    title: (view) => `Will you sit on the jury${view.event ? ` on ${dateInWords(view.event.on, view, 'en')}` : ''}?`,
    lead: () => 'The jury hears the applicants and scores their projects. Each juror scores alone; scores are shown once all have scored.',
    why: (view) => `you are expected on the jury as ${asRole(view)}`,
    next: () => 'if you sit, you will receive the list of applications, to declare any interest, then the files',
    button: 'Send my answer',
    done: 'Your answer is recorded',
    noun: 'seat on the jury',
  },
  prepare: {
    title: (view) =>
      `Will you come and present ${view.application?.title ? application(view) : 'your project'} to the jury${view.event ? ` on ${dateInWords(view.event.on, view, 'en')}` : ''}?`,
    lead: () => 'Your application is shortlisted. Confirm that you come, and give the jury what it should read before it hears you.',
    why: () => 'your application is one of those the jury wants to hear',
    next: () => 'the coordinators give you your time of passage; the jury reads your documents before it hears you',
    button: 'Send my answer',
    done: 'Your answer is recorded',
    noun: 'preparation of the pitch',
  },
  interests: {
    title: () => 'Do you have an interest in one of these applications?',
    lead: () =>
      'A family, professional, voluntary or financial tie. You will neither read nor score those you tick; the others will be opened to you.',
    why: () => 'you sit on the jury',
    next: () => 'the files of the applications you have no tie with are opened to you before the session',
    button: 'Send my declaration',
    done: 'Your declaration is recorded',
    noun: 'declaration of interests',
  },
  score: {
    title: () => 'How do you score the projects?',
    lead: () =>
      'From 0 (not at all) to 5 (fully), criterion by criterion. Nobody sees your scores before all have scored, or the hour has passed.',
    why: () => 'you sit on the jury',
    next: () => 'the mean, median and spread of each project are shown to the deliberation; nothing is corrected or normalised',
    button: 'Send my scores',
    done: 'Your scores are recorded',
    noun: 'scores of the jury',
  },
  deliberation: {
    title: () => 'What did the jury decide?',
    lead: ({ form }) =>
      `Retain ${between(form.min, form.max, 'project')}. The scores inform the deliberation, they do not replace it: write down the reasons.`,
    why: coordination,
    next: () => 'the decision is put to approval; no letter leaves before',
    button: 'Record the deliberation',
    done: 'The deliberation is recorded',
    noun: 'deliberation',
  },
  pairs: {
    title: (view) => `Who should ${view.project ? `the project ${project(view)}` : project(view)} meet?`,
    lead: () => 'Choose the people the project needs: those who will host it, guide it, open a door to it.',
    why: coordination,
    next: () => 'each introduction is put to both sides, who say whether they met',
    button: 'Suggest these meetings',
    done: 'The meetings are suggested',
    noun: 'choice of the meetings',
  },
  introduction: {
    title: (view) => `Have you met ${otherSide(view)}?`,
    lead: ({ pair }) =>
      pair
        ? `The project “${pair.project}” needs this meeting${pair.purpose ? `: ${pair.purpose}` : '.'}`
        : 'Say whether the suggested meeting took place.',
    why: ({ person }) => (person.role === 'applicant' ? 'you lead this project' : 'you can help this project find its place'),
    next: () => 'the other side is asked the same; what comes of the meetings feeds the roadmap',
    button: 'Send my answer',
    done: 'Your answer is recorded',
    noun: 'introduction',
  },
  session: {
    title: (view) => `Did the session${on(view.ask.part, view)} take place?`,
    lead: () => 'One minute is enough: say whether it took place, how many people came and what you measured.',
    why: ({ person }) => (person.role === 'applicant' ? 'you lead this project' : 'you host this session'),
    next: () => 'these measures make the evidence; if the session was not held, the coordinators move it or drop it with you',
    button: 'Send',
    done: 'The session is recorded',
    noun: 'field session',
  },
  report: {
    title: (view) => `What do you make of ${project(view)}?`,
    lead: () =>
      'Your view counts as much as the figures: what the experiment changed, what was missing, and whether it can be done elsewhere.',
    why: (view) => `the project owner, the host directorate and the evaluation each report; you are the ${asRole(view)}`,
    next: () => 'the three reports are joined to the proposed outcome, which is put to approval',
    button: 'Send my report',
    done: 'Your report is recorded',
    noun: 'report',
  },
  proposal: {
    title: (view) => `Which outcome do you propose for ${project(view)}?`,
    lead: () => 'An agreement, a scale-up or an end, with its terms. Rely on the reports and on the impact analysis.',
    why: carriedBy,
    next: () => 'your proposal is frozen and put to approval',
    button: 'Deposit the proposal',
    done: 'Your proposal is deposited',
    noun: 'proposed outcome',
  },
  sitting: {
    title: (view) => `What did the sitting${on(view.event?.on ?? view.ask.part, view)} decide?`,
    lead: (view) => `Say what the assembly decided about ${documents(view).approved}.`,
    why: coordination,
    next: () => 'adopted, the programme goes on; adjourned, the next sitting is aimed at and the dates are worked out again',
    button: 'Record the decision',
    done: 'The decision is recorded',
    noun: 'sitting',
  },
  decide: {
    title: ({ lacking: what }) => (isSilence(what?.outcome) ? 'An answer is lacking: how shall we go on?' : 'How shall we go on?'),
    lead: (view) => `${lacking(view)} Each choice says what it will do.`,
    why: coordination,
    next: () => 'the programme applies your choice at once; it is in the journal with your reason',
    button: 'Apply this choice',
    done: 'Your choice is recorded',
    noun: 'decision of the coordinators',
  },
};

function between(min: number, max: number, one: string): string {
  const noun = max === 1 ? one : `${one}s`;
  return min === max ? `${min} ${noun}` : `${min} to ${max} ${noun}`;
}

function on(part: string | undefined, view: AskView): string {
  const day = partInWords(part, view, 'en');
  return day ? ` of ${day}` : '';
}
