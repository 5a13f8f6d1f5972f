import type { Raw } from '../../domain/asks/forms.js';
import type { AskView } from '../../domain/view.js';
import { plainAnswer } from '../../rehearsal/answers.js';
import type { Deed, Moment, OpenPlace, Script, ScriptedApplicant } from '../../rehearsal/people.js';

/** The applicants of the reference edition: ten submit, the eleventh never gets further than a draft. */
export const applicants: readonly ScriptedApplicant[] = [
  ['Aïcha Benali', 'Sages-femmes de quartier', 'perinatalite'],
  ['Bruno Castel', 'La parole aux mineurs', 'mineurs'],
  ['Chloé Dufresne', 'Un bus pour la PMI', 'perinatalite'],
  ['Driss Elbaz', 'Éducateurs en ligne', 'mineurs'],
  ['Élodie Ferrand', 'Le carnet partagé', 'perinatalite'],
  ['Fatou Guèye', 'Une maison pour souffler', 'mineurs'],
  ['Gaël Huart', 'Premiers mois', 'perinatalite'],
  ['Hélène Imbert', 'Le café des parents', 'perinatalite'],
  ['Ismaël Jourdan', 'Repérer sans juger', 'mineurs'],
  ['Jeanne Kessler', 'Théâtre au collège', 'mineurs'],
  ['Karim Lenoir', 'Une idée encore floue', 'mineurs'],
].map(([name = '', title = '', need = ''], index) => ({
  name,
  title,
  need,
  email: `${name.split(' ')[1]?.toLowerCase()}@porteur.example`,
  summary: `${title}, déjà éprouvé ailleurs.`,
  ...(index % 2 === 0 ? { relay: 'alumni' } : {}),
  begins: { afterWorkingDays: 3 + index, time: '10:00' },
  ...(index === 10 ? {} : { submits: { afterWorkingDays: 12 + index, time: '11:00' } }),
}));

/** Who answers the interview for `enfance`. */
export const delegate = { name: 'Adjointe du pôle Enfance', email: 'adjointe@valdoise.example' };

const onDue = (time: string): Moment => ({ workingDaysAfterDue: 0, time });

/**
 * People as slow as they may be: nearly everybody answers on the last day, so that every step ends on the earliest date of the plan and
 * the outcomes go through the last sitting. The direction générale never answers its interview, whose substitute does.
 */
export const script: Script = { applicants, when, deed, applies: (view) => plainAnswer(view, 1) };

function when({ kind, person, joined, version, step, project, part }: OpenPlace): Moment | undefined {
  if (person === 'incubateur') return undefined; // the laboratory answers for both
  if (joined === 'substitute') return person === 'dga' && kind === 'interview' ? { afterWorkingDays: 1, time: '10:15' } : undefined;
  switch (kind) {
    case 'interview':
      return interviews[person];
    case 'relay':
      return person === 'relais-10' ? undefined : { afterWorkingDays: person === 'alumni' ? 1 : 25, time: '15:00' };
    case 'session':
      return { workingDaysAfterDue: 1, time: '09:30' };
    case 'score':
      return onDue(person === 'pmi' ? '18:30' : '17:00');
    case 'approve':
      // the roadmap that is sent back, then read again quickly
      if (step === 'roadmap-approval' && project === 'p-03' && part === '1')
        return { afterWorkingDays: version === 1 ? 3 : 2, time: '16:00' };
      return onDue('16:00');
    case 'document':
      return step === 'roadmap' && version === 2 ? { afterWorkingDays: 3, time: '12:00' } : onDue('11:00');
    default:
      return onDue('11:00');
  }
}

const interviews: Record<string, Moment> = {
  pmi: { afterWorkingDays: 3, time: '11:20' },
  enfance: { afterWorkingDays: 1, time: '17:45' },
  'enfance-1': { afterWorkingDays: 2, time: '09:10' },
  maternite: { workingDaysAfterDue: -4, time: '20:30' },
  'reseau-perinatal': { workingDaysAfterDue: -1, time: '08:05' },
  prevention: onDue('23:58'),
  college: { workingDaysAfterDue: 2, time: '16:00' },
};

function deed(view: AskView): Deed {
  const { kind, step, version } = view.ask;
  if (kind === 'interview' && view.person.id === 'enfance') return { delegate };
  return { answer: { ...plainAnswer(view, 1), ...particular() } };

  function particular(): Raw {
    const titles = (n: number) => view.form.applications.slice(0, n).map((option) => option.id);
    switch (kind) {
      case 'shortlist':
        return { applications: titles(7) };
      case 'interests':
        return view.person.id === 'enfance' ? { conflicts: ['a-02'], nature: 'Membre de son conseil.' } : {};
      case 'deliberation':
        return { retained: ['a-01', 'a-02', 'a-03'], reserve: ['a-04'] };
      case 'approve':
        return step === 'roadmap-approval' && view.project?.id === 'p-03' && version === 1
          ? { decision: 'changes-requested', remarks: 'Il manque une situation de référence.' }
          : {};
      case 'proposal':
        return { outcome: ['agreement', 'scale-up', 'end'][Number(view.project?.id.slice(2)) - 1] ?? 'end' };
      default:
        return {};
    }
  }
}
