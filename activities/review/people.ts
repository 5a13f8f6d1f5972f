import type { AskSpec } from '../../domain/asks.js';
import { circuitOf, seatsOf } from '../../domain/circuits.js';
import { isCircuitStep } from '../../domain/steps.js';
import { answersOf, asksOfKind, type Seated } from '../../store/asks.js';
import { pairsOf } from '../../store/projects.js';
import { applicationsOf, interestsOf } from '../../store/selection.js';
import type { ReviewContext } from './context.js';

const each = (people: readonly string[]): Seated[] => [...new Set(people)].map((person) => ({ person, seat: person }));

/** Who is asked, and on which seats (programme.md, the table). One person holds one seat. */
export async function askedOf(context: ReviewContext, spec: AskSpec): Promise<Seated[]> {
  const { edition } = context;
  const project = (await context.projects()).find((p) => p.id === spec.project);
  const byRole = async (role: string) => [...(await context.people()).values()].filter((p) => p.role === role).map((p) => p.id);
  const oneOf = async (role: string, seat: string) => (await byRole(role)).map((person) => ({ person, seat }));

  switch (spec.kind) {
    case 'interview':
      return each(edition.interviews);
    case 'document':
      if (spec.step === 'roadmap') return each(project === undefined ? [] : [project.applicant]);
      return spec.step === 'impact-analysis' ? oneOf('evaluator', 'evaluators') : oneOf('coordinator', 'coordinators');
    case 'eligibility':
    case 'shortlist':
    case 'deliberation':
    case 'pairs':
    case 'sitting':
    case 'decide':
      return oneOf('coordinator', 'coordinators');
    case 'approve': {
      const stage = isCircuitStep(spec.step) ? circuitOf(edition, spec.step).stages[Number(spec.part) - 1] : undefined;
      return each(stage === undefined ? [] : seatsOf(stage, edition, project?.need).map((seat) => seat.person));
    }
    case 'relay':
      return each(await byRole('relay'));
    case 'apply':
      // whoever begins an application joins by doing so; in a call that is opened again, a draft is still one
      return each((await applicationsOf(context.tx, edition.id)).filter((a) => a.state === 'draft').map((a) => a.person));
    case 'seat':
      return each(edition.selection.jury);
    case 'prepare':
      return each((await applicationsOf(context.tx, edition.id)).filter((a) => a.shortlisted && !a.out).map((a) => a.person));
    case 'interests':
      return each(await seatedJurors(context));
    case 'score':
      return each(await scoringJurors(context));
    case 'introduction': {
      const pair = (await pairsOf(context.tx, edition.id, spec.project ?? '')).find((p) => p.id === spec.part);
      return each(project === undefined || pair === undefined ? [] : [project.applicant, pair.person]);
    }
    case 'session':
      return project === undefined ? [] : [{ person: project.applicant, seat: 'host' }];
    case 'proposal':
      return each(project === undefined ? [] : [project.directorate]);
    case 'report': {
      if (project === undefined) return [];
      const evaluators = await oneOf('evaluator', 'evaluators');
      const own = [
        { person: project.applicant, seat: 'applicant' },
        { person: project.directorate, seat: 'directorate' },
      ];
      return [...own, ...evaluators.filter((e) => !own.some((o) => o.person === e.person))];
    }
  }
}

/** The jurors who confirmed their seat, in whichever generation they were asked. */
export async function seatedJurors({ tx, edition }: Pick<ReviewContext, 'tx' | 'edition'>): Promise<string[]> {
  const asks = await asksOfKind(tx, edition.id, { step: 'jury', kind: 'seat' });
  const answers = await answersOf(
    tx,
    asks.map((ask) => ask.id),
  );
  return [...new Set(answers.filter((answer) => answer.decision === 'yes').map((answer) => answer.person))];
}

/**
 * Who declared their interests and may score at least one application: the seated jurors, or who answered in their place.
 * A seat that stayed silent does not score.
 */
async function scoringJurors({ tx, edition }: ReviewContext): Promise<string[]> {
  const asks = await asksOfKind(tx, edition.id, { step: 'pitch-preparation', kind: 'interests' });
  const answers = await answersOf(
    tx,
    asks.map((ask) => ask.id),
  );
  const pitching = (await applicationsOf(tx, edition.id)).filter((a) => a.shortlisted && !a.out);
  const interests = await interestsOf(tx, edition.id);
  const recused = (juror: string, application: string) => interests.some((i) => i.person === juror && i.application === application);
  return [...new Set(answers.map((answer) => answer.person))].filter((juror) => pitching.some((a) => !recused(juror, a.id)));
}
