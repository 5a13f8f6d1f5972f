/** What a standstill is called, what it means for people, and what to do: the same words in the mail, the console and the command line. */

import { french } from '../typography.js';
import type { AlertKind } from '../watch.js';
import type { Locale } from '../words.js';

/** One standstill in words. `commands`: what to type, one a line; `<edition>` is its id. */
export interface AlertWords {
  /** What stands still, as a heading. */
  what: string;
  /** What people meanwhile miss. */
  means: string;
  /** What to do first. */
  todo: string;
  commands: readonly string[];
}

/** The words of a standstill. `scope`: the edition's id, '' for the installation. */
export function alertWords({ kind, scope, count }: { kind: AlertKind; scope: string; count: number }, locale: Locale): AlertWords {
  return table[locale][kind](count, scope);
}

type Table = Record<AlertKind, (count: number, edition: string) => AlertWords>;

const fr: Table = french({
  'mail-still': (n) => ({
    what: n > 1 ? `${n} messages ne partent pas` : 'Un message ne part pas',
    means:
      "Les personnes n'ont reçu ni leurs demandes ni leurs rappels depuis une heure ouvrée ou plus. Rien n'est perdu : tout partira dès que le serveur de mail répondra.",
    todo: 'Regarder si le serveur de mail répond et prend nos messages, puis ce que disent les messages en attente.',
    commands: ['troismains doctor', 'troismains mail list'],
  }),
  'mail-lost': (n) => ({
    what: `${n} ${n > 1 ? 'personnes' : 'personne'} que nos messages n'atteignent pas`,
    means: "Ces personnes ne savent pas ce qu'on leur demande, et seront comptées en retard.",
    todo: 'Lire pourquoi ils sont en échec ou incertains, corriger les adresses avec la coordination, les prévenir autrement en attendant.',
    commands: ['troismains mail list'],
  }),
  stuck: (_n, edition) => ({
    what: "L'édition entière ne peut plus être revue",
    means: "Ce que les personnes répondent est gardé, mais rien ne s'ouvre, rien ne se clôt et aucun rappel ne part.",
    todo: "Lire l'incident dans la console (page de l'édition) et en réparer la cause ; le programme réessaie de lui-même toutes les trente minutes.",
    commands: ['troismains doctor', `troismains cohort show ${edition}`],
  }),
  'part-stuck': (n, edition) => ({
    what: n > 1 ? `${n} points sont en échec depuis plus d'un jour ouvré` : "Un point est en échec depuis plus d'un jour ouvré",
    means: "Une demande, un message ou un projet de l'édition n'avance pas ; le reste continue.",
    todo: "Lire les incidents dans la console (page de l'édition) et en réparer la cause.",
    commands: [`troismains cohort show ${edition}`],
  }),
  'wake-owed': (_n, edition) => ({
    what: "L'édition ne réagit plus",
    means: "Ce que les personnes répondent est gardé, mais ce qui devait s'ensuivre, ou venir à son heure, ne vient pas.",
    todo: "Regarder si Temporal répond et si un worker travaille ; sinon relancer l'édition depuis le début, ce qui ne perd et ne double rien.",
    commands: ['troismains doctor', `troismains repair ${edition} --reason "…"`],
  }),
  'run-missing': (_n, edition) => ({
    what: "L'édition est en cours, mais plus rien ne la fait avancer",
    means: "Les réponses sont gardées, mais aucune demande ne s'ouvre et aucun rappel ne part.",
    todo: "Relancer l'édition depuis le début, ce qui ne perd et ne double rien.",
    commands: [`troismains repair ${edition} --reason "…"`],
  }),
  'run-astray': () => ({
    what: 'Quelque chose tourne encore pour une édition terminée ou inconnue',
    means:
      "Personne n'est gêné : ce qui tourne ainsi ne peut plus rien écrire. Mais la base de données et Temporal ne disent pas la même chose.",
    todo: 'Vérifier que la base de données est la bonne (une restauration ?), lire ce que la réparation ferait, puis la lancer.',
    commands: ['troismains repair --dry-run', 'troismains repair --reason "…"'],
  }),
  'task-failing': (n, edition) => ({
    what: `L'édition échoue à chaque reprise (${n} essais)`,
    means: "Les réponses sont gardées, mais rien ne s'ouvre et aucun rappel ne part.",
    todo: "Sans doute une version qui ne sait pas reprendre ce qui était en cours : revenir à la version d'avant, ou relancer l'édition depuis le début, ce qui ne perd et ne double rien.",
    commands: ['troismains doctor', `troismains repair ${edition} --reason "…"`],
  }),
  'links-refused': (n, edition) => ({
    what: `${n} liens demandés sur la page de l'appel n'ont pas été envoyés depuis une heure`,
    means:
      "Quelqu'un en demande trop, ou de trop d'adresses. Qui a déjà un lien n'est pas gêné ; une personne qui en attend un peut écrire à la coordination.",
    todo: "Regarder les brouillons commencés, effacer ceux que personne n'a voulus ; si un réseau entier est gêné derrière un proxy, dire combien il y en a (TRUSTED_PROXIES).",
    commands: [`troismains application list ${edition}`],
  }),
  'journal-broken': (_n, edition) => ({
    what: "Un journal n'est plus tel qu'il a été écrit",
    means:
      "Des entrées ont été modifiées, ajoutées ou retirées : ce qu'il dit ne prouve plus rien tant qu'on ne sait pas lesquelles, ni par qui. Le programme continue.",
    todo: 'Voir quelles entrées, mettre de côté les sauvegardes, et chercher qui a eu accès à la base.',
    commands: [`troismains audit ${edition} --verify`],
  }),
  'sweep-late': () => ({
    what: 'La ronde ne passe plus',
    means: "Les accusés de réception n'arrivent pas, et une édition qui aurait manqué son réveil attendrait.",
    todo: "Regarder si l'horaire « troismains-sweep » est en pause dans Temporal, et ce que dit le journal du worker.",
    commands: ['troismains doctor'],
  }),
  'disk-low': (n) => ({
    what: `Il ne reste que ${n} % de place sur un disque`,
    means: "Tout marche encore. Quand il n'y en aura plus, ni réponse ni message ne pourra être gardé.",
    todo: 'Regarder lequel, et y faire de la place ou en ajouter.',
    commands: ['troismains doctor', 'df -h'],
  }),
  'disk-full': (n) => ({
    what: `Un disque est presque plein (${n} % de libre)`,
    means: 'Bientôt, ou déjà, ce que les personnes répondent ne peut plus être gardé et rien ne part.',
    todo: 'Faire de la place tout de suite, sans toucher aux fichiers de Postgres ; ce qui avait été demandé repart de soi-même.',
    commands: ['troismains doctor', 'df -h'],
  }),
});

const en: Table = {
  'mail-still': (n) => ({
    what: n > 1 ? `${n} mails do not leave` : 'One mail does not leave',
    means:
      'People have had neither their requests nor their reminders for an hour of working time or more. Nothing is lost: all of it leaves as soon as the mail server answers.',
    todo: 'See whether the mail server answers and takes our mail, then what the waiting mails say.',
    commands: ['troismains doctor', 'troismains mail list'],
  }),
  'mail-lost': (n) => ({
    what: `${n} ${n > 1 ? 'people' : 'person'} whom our mail does not reach`,
    means: 'These people do not know what is asked of them, and will be counted as late.',
    todo: 'Read why they failed or are uncertain, correct the addresses with the coordinators, tell people another way meanwhile.',
    commands: ['troismains mail list'],
  }),
  stuck: (_n, edition) => ({
    what: 'The whole edition can no longer be reviewed',
    means: 'What people answer is kept, but nothing opens, nothing closes and no reminder leaves.',
    todo: "Read the incident in the console (the edition's page) and mend its cause; the programme tries again by itself every thirty minutes.",
    commands: ['troismains doctor', `troismains cohort show ${edition}`],
  }),
  'part-stuck': (n, edition) => ({
    what: n > 1 ? `${n} things have failed for more than a working day` : 'One thing has failed for more than a working day',
    means: 'A request, a mail or a project of the edition does not move on; the rest goes on.',
    todo: "Read the incidents in the console (the edition's page) and mend their cause.",
    commands: [`troismains cohort show ${edition}`],
  }),
  'wake-owed': (_n, edition) => ({
    what: 'The edition no longer reacts',
    means: 'What people answer is kept, but what should follow, or come at its hour, does not come.',
    todo: 'See whether Temporal answers and a worker works; otherwise start the edition again from the top, which loses and doubles nothing.',
    commands: ['troismains doctor', `troismains repair ${edition} --reason "…"`],
  }),
  'run-missing': (_n, edition) => ({
    what: 'The edition is running, but nothing moves it on',
    means: 'Answers are kept, but no request opens and no reminder leaves.',
    todo: 'Start the edition again from the top, which loses and doubles nothing.',
    commands: [`troismains repair ${edition} --reason "…"`],
  }),
  'run-astray': () => ({
    what: 'Something still runs for an edition that is over or unknown',
    means: 'Nobody is disturbed: what runs so can write nothing any more. But the database and Temporal do not say the same.',
    todo: 'Make sure that the database is the right one (a restore?), read what the repair would do, then run it.',
    commands: ['troismains repair --dry-run', 'troismains repair --reason "…"'],
  }),
  'task-failing': (n, edition) => ({
    what: `The edition fails each time it goes on (${n} tries)`,
    means: 'Answers are kept, but nothing opens and no reminder leaves.',
    todo: 'Most likely a release that cannot take up what was running: go back to the former one, or start the edition again from the top, which loses and doubles nothing.',
    commands: ['troismains doctor', `troismains repair ${edition} --reason "…"`],
  }),
  'links-refused': (n, edition) => ({
    what: `${n} links asked for on the page of the call were not sent in the last hour`,
    means:
      'Somebody asks for too many, or for too many addresses. Whoever has a link already is not concerned; somebody who waits for one can write to the coordinators.',
    todo: 'Look at the drafts that were begun, erase those that nobody meant; if a whole network behind a proxy is held up, say how many proxies there are (TRUSTED_PROXIES).',
    commands: [`troismains application list ${edition}`],
  }),
  'journal-broken': (_n, edition) => ({
    what: 'A journal is no longer as it was written',
    means:
      'Entries were changed, added or removed: what it says proves nothing until it is known which, and by whom. The programme goes on.',
    todo: 'See which entries, put the backups aside, and find out who had access to the database.',
    commands: [`troismains audit ${edition} --verify`],
  }),
  'sweep-late': () => ({
    what: 'The sweep no longer comes by',
    means: 'Receipts do not arrive, and an edition that missed its wake would wait.',
    todo: 'See whether the schedule "troismains-sweep" is paused in Temporal, and what the worker\'s log says.',
    commands: ['troismains doctor'],
  }),
  'disk-low': (n) => ({
    what: `Only ${n} % of a disk is free`,
    means: 'All still works. Once nothing is left, no answer and no mail can be kept.',
    todo: 'See which one, and make room on it or add some.',
    commands: ['troismains doctor', 'df -h'],
  }),
  'disk-full': (n) => ({
    what: `A disk is nearly full (${n} % free)`,
    means: 'Soon, or already, what people answer cannot be kept and nothing leaves.',
    todo: "Make room at once, without touching Postgres' files; what was asked goes on by itself.",
    commands: ['troismains doctor', 'df -h'],
  }),
};

const table: Record<Locale, Table> = { fr, en };
