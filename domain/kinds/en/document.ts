import { documentAbout, type Written } from '../../documents.js';
import { awaited, isAgain, quoted } from '../../phrases.js';
import type { AskView } from '../../view.js';
import type { KindWords, PageDocument } from '../words.js';
import { coordinators } from './common.js';

/** The document of a step: what the coordinator, the applicant or the evaluator writes there. */
export function documents({ ask, project }: AskView): PageDocument {
  const of = project ? `“${project.title}”` : 'this project';
  const coordination = 'you are one of the coordinators; the first document from any of you is enough';
  const again = ask.version > 1 ? ` This is version ${ask.version}: the remarks received are recalled above.` : '';
  switch (ask.step) {
    case 'interviews':
    case 'diagnosis':
    case 'diagnosis-approval':
      return {
        question: 'Which diagnosis, and which search axes?',
        lead: `A factual text drawn from the interviews: acute problems, what exists, what is missing, leads.${again}`,
        why: coordination,
        next: 'the text is frozen, then put to approval',
        approved: 'the diagnosis',
        body: 'The diagnosis and the search axes',
      };
    case 'call-writing':
    case 'call-open':
    case 'eligibility':
    case 'shortlist':
      return {
        question: 'Which call for applications do you publish?',
        lead: `The text project owners will read: the need, what you look for, what you offer, the dates.${again}`,
        why: coordination,
        next: 'the call opens, each relay gets a link of its own, and it closes by itself at the end of its last day',
        approved: 'the call for applications',
        body: 'The text of the call',
      };
    case 'jury':
    case 'pitch-preparation':
    case 'pitch':
    case 'selection-approval':
      return {
        question: 'What do you keep of the deliberation?',
        lead: `The decision of the jury and its reasons.${again}`,
        why: coordination,
        next: 'the text is frozen, then put to approval',
        approved: 'the selection',
        body: 'The deliberation',
      };
    case 'introductions':
    case 'roadmap':
    case 'roadmap-approval':
      return {
        question: `Which roadmap for ${of}?`,
        lead: `Objectives, sessions, means, and for each indicator its baseline, its target and how it is measured.${again}`,
        why: 'you lead this project',
        next: 'the roadmap is frozen, then put to approval; changes may be requested from you',
        approved: `the roadmap of ${of}`,
        body: 'The roadmap',
      };
    case 'field':
    case 'impact-analysis':
      return {
        question: `What do the measures of ${of} show?`,
        lead: `What the experiment changed, for whom, and how sure we are of it.${again}`,
        why: 'you are in charge of the impact evaluation',
        next: 'your analysis is joined to the reports, then to the proposed outcome',
        approved: `the impact analysis of ${of}`,
        body: 'The impact analysis',
      };
    case 'evaluation':
    case 'outcome-approval':
      return {
        question: `Which outcome for ${of}?`,
        lead: `What is proposed, and on which terms.${again}`,
        why: 'you carry this project',
        next: 'the text is frozen, then put to approval',
        approved: `the proposed outcome of ${of}`,
        body: 'The outcome',
      };
    case 'restitution':
      return {
        question: 'What do we keep of this edition?',
        lead: `The results for management, elected officials and teams: the experiments in figures, and what was learnt.${again}`,
        why: coordination,
        next: 'the restitution is sent to management, elected officials and teams, and the edition closes',
        approved: 'the restitution',
        body: 'The restitution',
      };
  }
}

const english: Record<Written, string> = {
  diagnosis: 'diagnosis',
  'call-writing': 'call for applications',
  roadmap: 'roadmap',
  'impact-analysis': 'impact analysis',
  restitution: 'report on the edition',
  selection: 'selection of projects',
  outcome: 'proposed outcome',
};

/** The document of a view with its project, without its article: "roadmap “…”", "proposed outcome for “…”". */
export function theDocument({ ask, project: of }: AskView): string {
  const about = documentAbout(ask.step);
  if (of === undefined) return english[about];
  return `${english[about]} ${about === 'outcome' || about === 'impact-analysis' ? 'for ' : ''}${quoted(of.title, 'en')}`;
}

interface Texts {
  request: string;
  why: string;
  silence: string;
  after: string;
}

const asked: Partial<Record<Written, Texts>> & { restitution: Texts } = {
  diagnosis: {
    request: 'Please write the factual diagnosis and the search axes from the cross interviews, and deposit them on the page.',
    why: coordinators,
    silence: 'its approval and the call for applications wait',
    after: 'Once deposited, the diagnosis goes straight to approval.',
  },
  'call-writing': {
    request: 'Please write the call for applications from the approved diagnosis, and deposit it on the page.',
    why: coordinators,
    silence: 'the relays cannot spread it',
    after: 'Once deposited, the call is opened and sent to every relay.',
  },
  roadmap: {
    request:
      'Please describe the experiment as you share it with the authority: objectives, sessions, means, indicators with their baseline, target and method.',
    why: 'This project is yours.',
    silence: 'the coordinators will have to decide what becomes of the project',
    after: 'Once deposited, the roadmap goes straight to approval.',
  },
  'impact-analysis': {
    request:
      'From the measures taken in the field, please say what the experiment has changed, with the evidence, and deposit the analysis on the page.',
    why: 'You are in charge of impact evaluation in this edition; one deposit is enough for the whole team.',
    silence: 'the evaluation will be made without it',
    after: 'The analysis will be read by everyone who evaluates the project.',
  },
  restitution: {
    request:
      'Please deposit the report on the edition: its results and the experiments in figures, for management, elected officials and teams.',
    why: coordinators,
    silence: 'the edition cannot be closed',
    after: 'Once deposited, the report is sent to everyone in the edition, which then closes.',
  },
};
const texts = ({ ask: { step } }: AskView) => asked[documentAbout(step)] ?? asked.restitution;

/** A document to write; a version after the first comes back with remarks. */
export const document: KindWords<'document'> = {
  page: {
    title: (view) => documents(view).question,
    lead: (view) => documents(view).lead,
    why: (view) => documents(view).why,
    next: (view) => documents(view).next,
    button: 'Deposit the document',
    done: 'Your document is deposited',
    noun: 'document',
  },
  fields: (view) => ({
    title: { label: 'Title' },
    body: { label: documents(view).body, hint: 'Plain text; an empty line separates two paragraphs. Once deposited, it does not change.' },
  }),
  lacking: 'the expected document was not deposited.',
  mail: {
    awaited: (view) => awaited(`${isAgain(view) ? 'A new version of the' : 'The'} ${theDocument(view)}`),
    request: (view) =>
      isAgain(view)
        ? `Version ${view.ask.version - 1} comes back with remarks. Please revise it and deposit version ${view.ask.version} on the page; until then the clock of those who approve is stopped. ${texts(view).request}`
        : texts(view).request,
    why: (view) => texts(view).why,
    silence: (view) => texts(view).silence,
    after: (view) => (isAgain(view) ? 'Once deposited, the new version goes back to approval, from the first stage.' : texts(view).after),
    act: 'Write and deposit',
    late: (view) => `has not deposited the ${isAgain(view) ? 'new version of the ' : ''}${theDocument(view)} yet`,
    thing: (view) => awaited(`${isAgain(view) ? 'new version of the ' : ''}${theDocument(view)}`),
  },
};
