/** What rehearsals say on a terminal. */
import type { Locale } from '../../domain/words.js';

interface SummaryWords {
  lived(of: { personas: string; seed: number; mails: number; people: number; from: string; to: string; took: string }): string;
  asPlanned(date: string): string;
  /** After the verdict, when files found no sitting. */
  butWithout(files: number): string;
  late(date: string, by: string, target: string): string;
  noRestitution: string;
  stopped(date: string): string;
  waitingFor(person: string, since: string, what: { step: string; version: number }): string;
  waitingForNobody(step: string): string;
  more(n: number): string;
  sittings: string;
  sitting(body: string, days: string): string;
  sittingDay(date: string, files: number): string;
  withoutSitting(files: number): string;
  projects: string;
  project(title: string, outcome: string): string;
  noProject: string;
  running: string;
  of(person: string, project: string): string;
  tightest: string;
  slackLeft(where: string, days: number, holds: boolean): string;
  waits: string;
  wait(person: string, days: string, asks: number): string;
  nobodyLate: string;
  busiest: string;
  week(person: string, mails: number, monday: string): string;
  guarantees: string;
  allHeld(n: number, checks: number): string;
  incidents: string;
  report: string;
  askForReport: string;
}

const s = (n: number): string => (n > 1 ? 's' : '');

/** The summary of one rehearsal. */
export const SUMMARY_WORDS: Record<Locale, SummaryWords> = {
  fr: {
    lived: ({ personas, seed, mails, people, from, to, took }) =>
      `Vécue du ${from} au ${to} avec les personas « ${personas} », graine ${seed} : ${mails} mail${s(mails)} à ${people} personne${s(people)}, en ${took}.`,
    asPlanned: (date) => `Restitution le ${date}, comme prévu.`,
    butWithout: (files) => ` Mais ${files} dossier${s(files)} n'${files > 1 ? 'ont' : 'a'} pas trouvé de séance.`,
    late: (date, by, target) => `Restitution le ${date}, ${by} après la date visée (${target}).`,
    noRestitution: "L'édition se termine sans restitution.",
    stopped: (date) => `Arrêtée le ${date} sans être arrivée à sa fin. On attend toujours :`,
    waitingForNobody: (step) => `${step} : personne en particulier`,
    waitingFor: (person, since, { step, version }) =>
      `${person}, depuis le ${since} (${step}${version > 1 ? `, ${version}e version` : ''})`,
    more: (n) => (n > 1 ? `et ${n} autres` : 'et un autre'),
    sittings: 'Séances',
    sitting: (body, days) => `${body} : ${days}`,
    sittingDay: (date, files) => `${date} (${files} dossier${s(files)})`,
    withoutSitting: (files) => `${files} dossier${s(files)} sans séance : il n'en restait plus, la coordination a décidé`,
    projects: 'Projets',
    project: (title, outcome) => `${title} : ${outcome}`,
    noProject: 'aucun projet retenu',
    running: 'en cours',
    of: (person, project) => `${person} (projet ${project})`,
    tightest: 'Au plus juste',
    slackLeft: (where, days, holds) => {
      if (days < 0)
        return `${where} : ${-days} jour${s(-days)} ouvré${s(-days)} après la date au plus tard${holds ? `, rattrapé${s(-days)} ensuite` : ''}`;
      if (days === 0) return `${where} : il ne restait aucun jour de marge`;
      return `${where} : il restait ${days} jour${s(days)} ouvré${s(days)} de marge`;
    },
    waits: 'En retard',
    wait: (person, days, asks) => `${person} : ${days} de retard, en ${asks} demande${s(asks)}`,
    nobodyLate: 'personne : chacun a répondu à la date demandée, ou avant',
    busiest: 'Semaine chargée',
    week: (person, mails, monday) => `${person} : ${mails} mail${s(mails)} dans la semaine du ${monday}`,
    guarantees: 'Garanties',
    allHeld: (n, checks) => `les ${n} sont tenues (${checks} vérifications)`,
    incidents: 'Incidents',
    report: 'Rapport',
    askForReport: 'pour lire chaque message et voir le calendrier de chacun :',
  },
  en: {
    lived: ({ personas, seed, mails, people, from, to, took }) =>
      `Lived from ${from} to ${to} with the personas “${personas}”, seed ${seed}: ${mails} mail${s(mails)} to ${people} ${people === 1 ? 'person' : 'people'}, in ${took}.`,
    asPlanned: (date) => `Restitution on ${date}, as planned.`,
    butWithout: (files) => ` But ${files} file${s(files)} found no sitting.`,
    late: (date, by, target) => `Restitution on ${date}, ${by} after its target (${target}).`,
    noRestitution: 'The edition ends without a restitution.',
    stopped: (date) => `Stopped on ${date} before it came to its end. Still waiting for:`,
    waitingForNobody: (step) => `${step}: nobody in particular`,
    waitingFor: (person, since, { step, version }) => `${person}, since ${since} (${step}${version > 1 ? `, version ${version}` : ''})`,
    more: (n) => (n > 1 ? `and ${n} others` : 'and one other'),
    sittings: 'Sittings',
    sitting: (body, days) => `${body}: ${days}`,
    sittingDay: (date, files) => `${date} (${files} file${s(files)})`,
    withoutSitting: (files) => `${files} file${s(files)} without a sitting: none was left, the coordinators decided`,
    projects: 'Projects',
    project: (title, outcome) => `${title}: ${outcome}`,
    noProject: 'no project was retained',
    running: 'still running',
    of: (person, project) => `${person} (project ${project})`,
    tightest: 'Tightest',
    slackLeft: (where, days, holds) => {
      if (days < 0) return `${where}: ${-days} working day${s(-days)} after the latest date${holds ? ', caught up since' : ''}`;
      if (days === 0) return `${where}: no slack was left`;
      return `${where}: ${days} working day${s(days)} of slack ${days === 1 ? 'was' : 'were'} left`;
    },
    waits: 'Late',
    wait: (person, days, asks) => `${person}: ${days} late, in ${asks} request${s(asks)}`,
    nobodyLate: 'nobody: everyone answered by the date they were given',
    busiest: 'Busy week',
    week: (person, mails, monday) => `${person}: ${mails} mail${s(mails)} in the week of ${monday}`,
    guarantees: 'Guarantees',
    allHeld: (n, checks) => `all ${n} held (${checks} checks)`,
    incidents: 'Incidents',
    report: 'Report',
    askForReport: "to read each mail and see everyone's calendar:",
  },
};

interface OddsWords {
  lived(of: { n: number; personas: string; took: string }): string;
  holds(target: string, held: number, n: number, percent: string): string;
  in80(date: string): string;
  never80: string;
  tightest(least: number, step: string, seed: number): string;
  heads: readonly [step: string, lost: string, most: string, late: string, left: string, sentBack: string];
  nothingLost: string;
  key: string;
  keyWide: string;
  sitting(step: string, days: string): string;
  sittingMissed(percent: string): string;
  withoutSitting(percent: string): string;
  neverEnded(step: string, n: number): string;
  broken(seeds: string): string;
  stopped(seeds: string): string;
  look(seed: number, restitution: string | null): string;
  run(of: { seed: number; restitution: string | null; late: string | null; stopped: boolean; violations: number; mails: number }): string;
}

/** The odds of many rehearsals. */
export const ODDS_WORDS: Record<Locale, OddsWords> = {
  fr: {
    lived: ({ n, personas, took }) =>
      n === 1
        ? `Vécue une fois avec les personas « ${personas} », en ${took}.`
        : `Vécue ${n} fois avec les personas « ${personas} » (graines 1 à ${n}), en ${took}.`,
    holds: (target, held, n, percent) => `La restitution du ${target} est tenue ${held} fois sur ${n} (${percent}).`,
    in80: (date) => `8 fois sur 10, elle a lieu au plus tard le ${date}.`,
    never80: 'Elle a lieu moins de 8 fois sur 10.',
    tightest: (least, step, seed) =>
      least < 0
        ? `Au plus juste, ${step} : ${-least} jour${s(-least)} ouvré${s(-least)} après la date au plus tard (graine ${seed}).`
        : `Au plus juste, ${step} : ${least === 0 ? 'aucun' : least} jour${s(least)} ouvré${s(least)} de marge (graine ${seed}).`,
    heads: ['Ce qui mange la marge', 'Mange', '8 fois/10', 'Déborde', 'Reste', 'Renvois'],
    nothingLost: "Aucune étape n'a mangé de marge.",
    key: "Mange : jours ouvrés au-delà de la durée prévue, une fois l'étape possible, projet le plus lent, en moyenne. 8 fois/10 : elle n'en mange pas plus. Déborde : part des répétitions. Reste : 8 fois sur 10, au moins autant de jours ouvrés avant que la suite ne doive commencer.",
    keyWide: 'Renvois : part de « Mange » passée sur des versions renvoyées.',
    sitting: (step, days) => `${step} : prêt, le dossier attend encore sa séance ${days} jours ouvrés en moyenne, non comptés ci-dessus.`,
    withoutSitting: (percent) =>
      `Dans ${percent} des répétitions, il ne restait plus de séance pour un projet : la coordination a décidé sans.`,
    sittingMissed: (percent) => `Un projet au moins a manqué une séance qu'il pouvait atteindre dans ${percent} des répétitions.`,
    neverEnded: (step, n) => `✗ ${step} : ${n} fois sans fin.`,
    broken: (seeds) => `✗ Garantie violée : ${seeds}.`,
    stopped: (seeds) => `✗ Arrêtée sans être arrivée à sa fin : ${seeds}.`,
    look: (seed, restitution) =>
      `À regarder de près, graine ${seed} (${restitution === null ? 'sans restitution' : `restitution le ${restitution}`}) :`,
    run: ({ seed, restitution, late, stopped, violations, mails }) =>
      [
        `  graine ${seed}`,
        restitution === null
          ? stopped
            ? 'jamais finie'
            : 'sans restitution'
          : `restitution le ${restitution}${late === null ? '' : `, ${late} de retard`}`,
        `${mails} mail${s(mails)}`,
        ...(violations > 0 ? [`${violations} garantie${s(violations)} violée${s(violations)}`] : []),
      ].join(' · '),
  },
  en: {
    lived: ({ n, personas, took }) =>
      n === 1
        ? `Lived once with the personas “${personas}”, in ${took}.`
        : `Lived ${n} times with the personas “${personas}” (seeds 1 to ${n}), in ${took}.`,
    holds: (target, held, n, percent) => `The restitution on ${target} is kept ${held} times out of ${n} (${percent}).`,
    in80: (date) => `8 times out of 10, it takes place by ${date}.`,
    never80: 'It takes place fewer than 8 times out of 10.',
    tightest: (least, step, seed) =>
      least < 0
        ? `At the tightest, ${step}: ${-least} working day${s(-least)} after the latest date (seed ${seed}).`
        : `At the tightest, ${step}: ${least === 0 ? 'no' : least} working day${least === 1 ? '' : 's'} of slack (seed ${seed}).`,
    heads: ['What eats the slack', 'Eats', '8 in 10', 'Over', 'Left', 'Returns'],
    nothingLost: 'No step has eaten any slack.',
    key: 'Eats: working days beyond the length foreseen, once the step could begin, slowest project, on average. 8 in 10: it eats no more. Over: share of the rehearsals. Left: 8 times out of 10, at least so many working days before what follows had to begin.',
    keyWide: 'Returns: what of “Eats” went into versions that were sent back.',
    sitting: (step, days) => `${step}: once ready, the file waits ${days} working days more for its sitting on average, not counted above.`,
    withoutSitting: (percent) =>
      `In ${percent} of the rehearsals, no sitting was left for a project: the coordinators decided without one.`,
    sittingMissed: (percent) => `In ${percent} of the rehearsals, at least one project missed a sitting that it could have had.`,
    neverEnded: (step, n) => `✗ ${step}: never ended, ${n === 1 ? 'once' : `${n} times`}.`,
    broken: (seeds) => `✗ A guarantee was violated: ${seeds}.`,
    stopped: (seeds) => `✗ Stopped before it came to its end: ${seeds}.`,
    look: (seed, restitution) =>
      `Worth a look, seed ${seed} (${restitution === null ? 'no restitution' : `restitution on ${restitution}`}):`,
    run: ({ seed, restitution, late, stopped, violations, mails }) =>
      [
        `  seed ${seed}`,
        restitution === null
          ? stopped
            ? 'never ended'
            : 'no restitution'
          : `restitution on ${restitution}${late === null ? '' : `, ${late} late`}`,
        `${mails} mail${s(mails)}`,
        ...(violations > 0 ? [`${violations} violation${s(violations)}`] : []),
      ].join(' · '),
  },
};

/** Seeds by name: "graines 3 et 7". */
export const seedsInWords = (seeds: readonly number[], locale: Locale): string => {
  const joint = locale === 'fr' ? ' et ' : ' and ';
  const all = seeds.length < 2 ? seeds.join('') : `${seeds.slice(0, -1).join(', ')}${joint}${seeds.at(-1)}`;
  return `${locale === 'fr' ? 'graine' : 'seed'}${s(seeds.length)} ${all}`;
};
