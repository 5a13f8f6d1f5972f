/** What documents, approvals and what is lacking are called, by step, in English. */
import type { AskKind, Outcome } from '../../../domain/asks.js';
import type { AskView } from '../../../domain/view.js';
import { STEP_WORDS } from '../../../domain/words.js';
import type { DocumentWords } from '../fr/subjects.js';

/** The document of a step: what the coordinator, the applicant or the evaluator writes there. */
export function documents({ ask, project }: AskView): DocumentWords {
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

const silence: Record<AskKind, string> = {
  interview: 'no interview was answered.',
  document: 'the expected document was not deposited.',
  approve: 'the approval ended without an agreement.',
  relay: 'no relay answered.',
  apply: 'the call closed without any application.',
  eligibility: 'no application is eligible.',
  shortlist: 'no application was shortlisted.',
  seat: 'fewer than two jurors confirmed their seat.',
  prepare: 'no applicant confirmed that they come.',
  interests: 'no juror declared their interests.',
  score: 'no juror scored.',
  deliberation: 'the deliberation was not deposited.',
  pairs: 'no meeting was suggested.',
  introduction: 'the suggested meetings did not take place.',
  session: 'nothing was recorded for the session.',
  report: 'no report was received.',
  proposal: 'no outcome was proposed.',
  sitting: 'the sitting has not given its decision yet.',
  decide: 'a decision remains to be taken.',
};

/** What is lacking, in one sentence with its step and project. */
export function lacking({ lacking: what, project, ask }: AskView): string {
  const where = `${STEP_WORDS[what?.step ?? ask.step].en}${project ? `, project “${project.title}”` : ''}`;
  if (what === undefined) return `${where}: what comes next is to be decided.`;
  return `${where}: ${special(what.outcome) ?? silence[what.kind]}`;
}

function special(outcome: Outcome | 'refused' | 'undecided' | 'not-held' | 'no-sitting'): string | undefined {
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
