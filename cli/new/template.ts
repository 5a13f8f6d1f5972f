/** A first edition file that can be planned and rehearsed as it is: the programme's people as roles, every date feasible. */
import { addDays, type CivilDate, calendarOf } from '../../domain/calendar.js';
import { readEdition } from '../../domain/edition.js';
import { computePlan } from '../../domain/plan.js';

/** What a first file needs to know. */
export type Answers = { id: string; title: string; territory: string; start: CivilDate };

/** Slack left before the restitution. */
const RESERVE_WORKING_DAYS = 10;

/** The text of a first edition file. Its target leaves ten working days of slack; ids and titles are checked when the file is read. */
export function firstEdition(answers: Answers): string {
  // The plan itself says when the restitution can be; until then any working day will do.
  const draft = readEdition(text(answers, someWorkingDay(answers.start)));
  if (!draft.ok) return text(answers, someWorkingDay(answers.start));
  const finish = computePlan(draft.edition).steps.at(-1)?.earliest.finish ?? answers.start;
  return text(answers, calendarOf(draft.edition.territory).add(finish, RESERVE_WORKING_DAYS));
}

function someWorkingDay(start: CivilDate): CivilDate {
  const cal = calendarOf({ timezone: 'Europe/Paris', holidays: 'FR', closures: [], schoolHolidays: [] });
  return cal.onOrAfter(addDays(start, 400));
}

const text = (
  { id, title, territory, start }: Answers,
  target: CivilDate,
): string => `# Une édition du programme. Chaque étape a une durée par défaut ; \`plan\` et \`circuits\` les remplacent.
# Les personnes sont ici des rôles : mettre leurs vraies adresses avant de démarrer.
schema: 1
id: ${id}
title: ${JSON.stringify(title)}
start: ${start}
target: ${target}            # la restitution, d'où tout est planifié à rebours

territory:
  id: territoire
  name: ${JSON.stringify(territory)}
  timezone: Europe/Paris
  locale: fr
  holidays: FR
  closures: []                  # { from: 2027-08-02, to: 2027-08-20, label: Fermeture d'été }
  schoolHolidays: []            # pour les séances « during: school-term »
  sessions: {}                  # conseil: { name: Conseil, fileBy: 15wd, dates: [] }

needs:
  - { id: besoin, title: Le besoin social auquel répondre, directorate: direction }

people:
  - { id: dg, role: executive, name: Direction générale, email: dg@territoire.example }
  - { id: labo, role: coordinator, name: Coordination du programme, email: labo@territoire.example }
  - { id: direction, role: directorate, name: Direction métier, email: direction@territoire.example, substitute: labo }
  - { id: terrain, role: field, name: Acteur de terrain, email: terrain@terrain.example }
  - { id: impact, role: evaluator, name: Évaluation d'impact, email: impact@ecole.example }

interviews: [dg, direction, terrain]
relays:
  - { id: alumni, name: Réseau des anciens porteurs de projets, email: alumni@incubateur.example }

selection:
  expectedApplications: 10
  shortlist: { min: 4, max: 6 }
  retained: { min: 1, max: 3 }
  jury: [dg, direction, labo]
  criteria:
    - { id: need, label: Réponse au besoin du territoire, weight: 3 }
    - { id: impact, label: Impact mesurable, weight: 2 }

plan:
  call-open: 6w
  field: { every: wednesday, times: 6, during: any }

circuits:
  roadmap-approval:
    - { by: directorate, within: 5wd }
    - { by: executive, within: 10wd }
`;
