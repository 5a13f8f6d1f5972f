import { french } from '../../../domain/typography.js';
import { peakOver } from '../weeks.js';

const s = (n: number) => (Math.abs(n) > 1 ? 's' : '');
/** Thousands apart: 1 841. */
const big = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, '\u202f');
const mails = (n: number) => `${big(n)} mail${s(n)}`;

/** The report, in French. */
export const fr = french({
  page: {
    title: 'Répétition',
    contents: 'Sommaire',
    nobody: "Cette édition a été vécue d'avance, en temps accéléré : personne n'a reçu de mail.",
    lived: (from: string, to: string) => `vécue du ${from} au ${to}`,
    personas: 'Personas',
    seed: 'graine',
    made: (seconds: string) => `Répétée en ${seconds} s.`,
    project: (title: string) => `« ${title} »`,
    stage: (n: string) => `étape ${n}`,
    somebody: 'quelqu’un',
    colon: ' : ',
    none: 'aucune',
    semicolon: ' ; ',
    dated: (what: string, day: string) => `${what} du ${day}`,
  },
  verdict: {
    onTime: (day: string) => `La restitution a lieu le ${day}, à la date prévue.`,
    late: (day: string, n: string, target: string) => `La restitution a lieu le ${day}, ${n} après la date prévue, le ${target}.`,
    early: (day: string, n: string, target: string) => `La restitution a lieu le ${day}, ${n} avant la date prévue, le ${target}.`,
    ended: (day: string | undefined) => `L'édition s'arrête${day === undefined ? '' : ` le ${day}`} sans restitution.`,
    stopped: (day: string) => `L'édition ne se termine pas : la répétition s'est arrêtée le ${day}.`,
    missed: (n: number, whose: string) =>
      n > 1 ? `${n} séances délibérantes sont manquées : ${whose}.` : `Une séance délibérante est manquée : ${whose}.`,
    waiting: (whom: string) => `Elle attend encore ${whom}.`,
    waitingFor: (who: string, what: string) => `${who} (${what})`,
  },
  figures: {
    title: 'En bref',
    mails: 'Mails envoyés',
    mailsNote: (reminders: number, escalations: number) =>
      `dont ${big(reminders)} rappel${s(reminders)} et ${big(escalations)} alerte${s(escalations)}`,
    people: 'Destinataires',
    peopleNote: (n: string) => `${n} mails chacun en moyenne`,
    busiest: 'Semaine la plus chargée',
    busiestUnit: (n: number) => `mail${s(n)}`,
    busiestNote: (who: string, day: string) => `${who}, semaine du ${day}`,
    slack: 'Étape au plus juste',
    sittings: 'Dossiers en séance',
    sittingsValue: (reached: number, missed: number) => (missed === 0 ? `${reached} passé${s(reached)}` : `${missed} sans séance`),
    sittingsNote: (reached: number, missed: number): string => (missed === 0 ? 'aucun sans séance' : `${reached} passé${s(reached)}`),
    guarantees: 'Garanties',
    guaranteesValue: (held: number, all: number) => (held === all ? `${all} tenue${s(all)}` : `${all - held} enfreinte${s(all - held)}`),
    guaranteesNote: (n: number) => `${big(n)} vérification${s(n)}`,
  },
  plan: {
    title: 'Le rétroplanning, prévu et vécu',
    lead: 'La barre claire va du plus tôt au plus tard prévus ; la barre pleine est ce qui a été vécu, tous projets réunis.',
    caption: 'Chaque étape, prévue et vécue',
    carried: 'Portée par',
    latest: 'Fin au plus tard',
    left: 'Avance à la fin',
    held: 'A retenu la suite',
    heldNone: 'non',
    heldNote:
      "« A retenu la suite » : de combien l'étape a dépassé la durée qui lui était donnée, une fois qu'elle pouvait commencer ; celle du projet le plus lent.",
    sentBack: (days: string) => `, dont ${days} pour des versions renvoyées`,
    running: (since: string) => `${since}, non terminée`,
    never: 'jamais atteinte',
    skipped: 'sans objet',
    lateSteps: (late: number, unfinished: number) =>
      [
        late === 0
          ? "Aucune étape n'a fini après sa date au plus tard"
          : `${late} étape${s(late)} finie${s(late)} après ${late > 1 ? 'leur' : 'sa'} date au plus tard`,
        unfinished === 0 ? '' : `${unfinished} jamais terminée${s(unfinished)}`,
      ]
        .filter(Boolean)
        .join(', ') + (late + unfinished === 0 ? '.' : ' :'),
    unfinished: (step: string, day: string) => `${step} : jamais terminée, attendue le ${day} au plus tard`,
    finished: (step: string, day: string, late: string) => `${step}, le ${day} : ${late}`,
    outcomesCaption: 'Les projets, et comment ils finissent',
    outcome: 'Suite',
    noProject: "Aucun projet n'a été retenu.",
  },
  slack: {
    title: 'La marge annoncée, semaine après semaine',
    lead: "Ce que la console aurait annoncé chaque lundi : ce que l'édition pouvait encore perdre, si la suite prenait le temps prévu. En dessous de zéro, la restitution ne tenait plus ; des réponses plus rapides que prévu la rattrapent.",
    caption: 'Marge chaque lundi',
    week: 'Semaine du',
    days: 'Marge, en jours ouvrés',
    drawing: (least: string, day: string) =>
      `Marge de l'édition chaque lundi. La plus faible : ${least}, le ${day}. Le tableau dit la même chose.`,
    table: 'Tableau de la marge',
  },
  waits: {
    title: 'Qui a attendu qui',
    lead: "Les réponses venues après leur date, et ce qui s'est ouvert dès qu'elles sont arrivées : ceux-là ont attendu. D'abord ce qui est resté sans réponse, puis ce qui a mangé une marge devenue mince (moins de cinq jours ouvrés), puis les plus longs retards.",
    caption: "Retards qui ont fait attendre quelqu'un",
    none: "Aucune réponse en retard n'a fait attendre quelqu'un.",
    late: 'En retard',
    what: 'Pour quoi',
    due: 'Attendue',
    answered: 'Répondu',
    days: 'Retard',
    waited: 'Qui a attendu',
    slack: 'Marge perdue',
    slackNote:
      "Marge perdue : de combien la marge du projet (de l'édition, avant qu'il y ait des projets) a baissé entre la date attendue et l'arrivée de la réponse. Deux attentes au même moment voient la même baisse.",
    most: 'Les plus en retard :',
    oneOfMost: (who: string, late: string, n: number) => `${who}, ${late} en ${n} demande${s(n)}`,
    from: (a: string, b: string) => `de ${a} à ${b}`,
    hows: {
      late: '',
      filled: '',
      missed: "n'a pas répondu",
      'let-off': "n'avait pas répondu, une autre réponse a suffi",
      open: 'attend encore',
    },
    by: { substitute: (who: string) => `${who}, en suppléance`, delegate: (who: string) => `${who}, désigné·e à sa place` },
    onTime: 'à temps',
    times: (n: number) => `${n} demandes`,
    everything: 'tout ce qui suit',
    unanswered: 'sans réponse',
    askedFor: (days: string) => `demandé pendant ${days}`,
    toDecide: 'pour trancher',
    others: "personne de plus : d'autres réponses étaient encore attendues",
    dated: (what: string, day: string) => `personne : la suite (${what}) avait sa date, le ${day}`,
    nothing: 'personne : rien ne suivait',
    waitedTo: (what: string) => `pour ${what}`,
    harmless: (n: number) =>
      `${n} autre${s(n)} réponse${s(n)} tardive${s(n)}, absente${s(n)} ou venue${s(n)} d'un autre, sans faire attendre`,
    harmlessCaption: 'Sans faire attendre',
    lackingTitle: 'Ce qui est resté incomplet',
    lackingNone: 'Rien : tout ce qui était demandé est arrivé, ou a été tranché.',
    lacking: (what: string, filled: number, seats: number, day: string) =>
      `${what} : ${filled} réponse${s(filled)} sur ${seats}, close le ${day}`,
    setbacksTitle: 'Ce qui a été renvoyé ou manqué',
    setbacksNone: 'Rien.',
    setback: (what: string, result: string, who: string, day: string) => `${what} : ${result}${who === '' ? '' : ` par ${who}`}, le ${day}`,
    decisionsTitle: 'Ce que la coordination a dû trancher',
    decisionsNone: 'Rien.',
    notHeld: 'séance non tenue',
    decision: (what: string, choice: string, day: string) => `${what} : ${choice}, le ${day}`,
  },
  sittings: {
    title: 'Séances délibérantes',
    lead: 'La séance visée est la dernière qui tient la date de la restitution ; le dossier doit être déposé avant elle.',
    none: 'Aucun circuit de cette édition ne passe devant une assemblée.',
    caption: 'Séances atteintes et manquées',
    circuit: 'Circuit',
    body: 'Assemblée',
    aimed: 'Séance visée',
    fileBy: 'Dépôt au plus tard',
    ready: 'Dossier prêt',
    went: 'Passé en séance',
    state: 'Résultat',
    states: { reached: 'atteinte', missed: 'manquée', none: 'non présentée' },
    noneLeft: 'plus aucune séance',
  },
  weeks: {
    title: 'Mails par semaine et par personne',
    lead: `Le nombre de mails reçus chaque semaine. Une semaine est un pic (▲) quand plus de ${peakOver} mails demandent, rappellent ou alertent une même personne ; accusés, lettres, points hebdomadaires et informations comptent dans le nombre, pas dans le pic.`,
    caption: 'Mails reçus par personne et par semaine',
    person: 'Personne',
    total: 'Total',
    all: 'Toutes ensemble',
    week: (day: string) => `semaine du ${day}`,
    peak: 'pic',
    peaksTitle: 'Pics',
    peaksNone: 'Aucun pic.',
    onePeak: (who: string, day: string, asking: number, all: number) =>
      `${who}, semaine du ${day} : ${asking} mails qui demandent ou rappellent, ${all} en tout`,
  },
  people: {
    title: 'Le calendrier de chacun',
    lead: "Tous les mails de chaque personne, jour par jour. L'objet mène au mail lui-même.",
    summary: (n: number, reminders: number, peaks: number) =>
      [mails(n), reminders === 0 ? '' : `${reminders} rappel${s(reminders)}`, peaks === 0 ? '' : `${peaks} pic${s(peaks)}`]
        .filter(Boolean)
        .join(', '),
    caption: (who: string) => `Mails de ${who}`,
    day: 'Jour',
    hour: 'Heure',
    kind: 'Nature',
    aboutWhom: (who: string) => `à propos de ${who}`,
  },
  kinds: {
    announcement: 'annonce',
    reminder: 'rappel',
    standin: 'demande en suppléance',
    escalation: 'alerte',
    information: 'information',
  },
  guarantees: {
    title: 'Garanties',
    lead: 'Ce que le programme promet de chaque mail qui demande, rappelle ou alerte, vérifié sur tous ceux de cette répétition.',
    caption: 'Garanties, et ce qui a été vérifié',
    promise: 'Promesse',
    checked: 'Vérifications',
    state: 'Résultat',
    held: 'tenue',
    broken: (n: number) => `enfreinte ${n} fois`,
    before: (day: string) => `avant l'ouverture (${day})`,
    over: (day: string) => `après la réponse ou la fin (${day})`,
    lacks: { link: 'sans son lien', request: "sans la demande d'origine" },
  },
  mails: {
    title: 'Tous les mails',
    lead: "Chaque mail tel qu'il a été rendu, par date. Les liens personnels sont effacés.",
    to: (who: string) => `à ${who}`,
    frame: (subject: string, who: string) => `${subject}, ${who}`,
    gone: "Le contenu de ce mail n'a pas été gardé.",
    filter: 'Filtrer par mot : objet, personne, nature',
    filtered: (n: string) => `${n} mails affichés`,
    none: "Aucun mail n'est parti.",
  },
  count: { mails },
});

/** The shape every language fills. */
export type ReportWords = typeof fr;
