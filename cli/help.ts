/** The help of the command line in French: each command says itself in English, and here is what it says to most of its readers. */
import type { Argument, Command, HelpConfiguration, Option } from 'commander';

/** Every sentence of the help, and ours for it. One that is not here stays in English: a test looks. */
const FRENCH: Readonly<Record<string, string>> = {
  // the program
  'Runs public social experimentations: plans them backwards and carries them out.':
    "Mène des expérimentations sociales publiques : en fait le rétroplanning, et l'exécute.",
  'one JSON document on stdout, nothing else': "un document JSON sur la sortie standard, rien d'autre",
  'one JSON document': 'un document JSON',
  'language of the words (default: LANG)': 'la langue des phrases (par défaut : LANG)',
  'why; kept in the journal': 'pourquoi ; gardé au journal',
  'the edition': "l'édition",
  'the edition file (- for stdin)': "le fichier de l'édition (- : l'entrée standard)",
  'data folder of a running `troismains up`': 'dossier de données du « troismains up » qui tourne',
  'only those of one edition': "seulement d'une édition",
  'Exit codes: 0 done, 1 failed, 2 the input is wrong, 3 an infeasible plan or a violated guarantee, 4 a service cannot be reached.':
    'Codes de sortie : 0 fait, 1 en échec, 2 ce qui est donné ne va pas, 3 un plan infaisable ou une garantie violée, 4 un service injoignable.',
  'Every command takes --json (one JSON document on stdout, nothing else), --lang fr|en and --help.':
    "Toute commande accepte --json (un document JSON sur la sortie standard, rien d'autre), --lang fr|en et --help.",
  'Example:': 'Exemple :',
  'In /etc/aliases:': 'Dans /etc/aliases :',
  'Reads the environment (docs/operations.md).': 'Lit son environnement (docs/operations.md).',
  'Exit code 3 when the plan is infeasible.': 'Code de sortie 3 quand le plan est infaisable.',
  'Exit code 3 when its plan is infeasible, 2 when its start is past.':
    'Code de sortie 3 quand son plan est infaisable, 2 quand son début est passé.',
  'Exit code 3 when the plan is infeasible, a guarantee is violated, or the edition never ends.':
    "Code de sortie 3 quand le plan est infaisable, qu'une garantie est violée, ou que l'édition ne finit pas.",
  'Exit code 1 when something cannot be replayed.': 'Code de sortie 1 quand quelque chose ne peut pas être rejoué.',
  '--csv and --json give prev and hash of each entry: docs/decisions/0015-audit-chain.md has a script that verifies them.':
    '--csv et --json donnent prev et hash de chaque ligne : docs/decisions/0015-audit-chain.md a un script qui les vérifie.',
  'Exit code 1 when it does not verify. Only a head that was noted elsewhere shows a journal that was made anew.':
    'Code de sortie 1 quand il ne se vérifie pas. Seule une tête notée ailleurs montre un journal refait.',
  '# then, first line of an edition file:': "# puis, première ligne d'un fichier d'édition :",

  // up, web, worker, doctor
  'start everything on this machine': 'tout démarrer sur cette machine',
  'Starts Temporal, Postgres, a mailbox, the worker and the console on loopback, until Ctrl-C.':
    "Démarre Temporal, Postgres, une boîte aux lettres, le worker et la console, pour cette machine seule, jusqu'à Ctrl-C.",
  'with a demonstration edition, its clock on a working morning': 'avec une édition de démonstration, son horloge un matin ouvré',
  'keep nothing: a throw-away data folder, any free ports': 'ne rien garder : un dossier jetable, des ports libres',
  'port of the console (default: 8080, or a free one when that is in use)':
    "port de la console (par défaut : 8080, ou un port libre s'il est pris)",
  'data folder': 'dossier de données',
  'print one line of JSON when ready': 'écrire une ligne de JSON quand tout est prêt',
  'the process that carries editions out': 'le processus qui exécute les éditions',
  'Carries editions out: reviews, mails, wakes. Runs until SIGTERM.':
    "Exécute les éditions : revues, mails, réveils. Tourne jusqu'à SIGTERM.",
  'bring the database to the schema of this build, and end; needs DATABASE_URL only':
    'amener la base au schéma de cette version, et finir ; ne demande que DATABASE_URL',
  "the process that serves people's pages and the console": 'le processus qui sert les pages et la console',
  "Serves people's pages, the public call, the console and its JSON. Runs until SIGTERM.":
    "Sert les pages de chacun, l'appel public, la console et son JSON. Tourne jusqu'à SIGTERM.",
  'each dependency: reachable, version, rights, mail DNS, clock': 'chaque service : joint, version, droits, DNS du mail, horloge',
  'whether every service can be reached and used': 'si chaque service peut être joint et utilisé',
  'Checks what an installation needs: variables, Postgres, Temporal, the mail server, mail DNS, the web, the clocks, and whether something stands still. Changes nothing, sends nothing.':
    "Vérifie ce qu'il faut à une installation : variables, Postgres, Temporal, serveur de mail, DNS du mail, web, horloges, et si quelque chose n'avance plus. Ne change rien, n'envoie rien.",

  // new, schema, plan, rehearse
  'a new edition file, or a copy moved to another date': "un nouveau fichier d'édition, ou une copie à une autre date",
  'Writes an edition file. With --from: a copy with every date moved by whole weeks, comments kept; target, pins and sittings are then put on a working day. What must be looked at again (closures, school holidays, sittings, fixed days) is said, and marked in the file.':
    "Écrit un fichier d'édition. Avec --from : une copie dont chaque date est décalée de semaines entières, commentaires gardés ; échéance, dates fixées et séances passent ensuite à un jour ouvré. Ce qu'il faut vérifier (fermetures, vacances scolaires, séances, jours fixés) est dit, et marqué dans le fichier.",
  'the edition file to copy': 'le fichier à copier',
  'the first day, YYYY-MM-DD; a copy starts on the first day not before it that is whole weeks away':
    'le premier jour, AAAA-MM-JJ ; une copie commence le premier jour à partir de lui qui est à des semaines entières',
  'the id of the new edition': "l'identifiant de la nouvelle édition",
  'its title': 'son titre',
  'the name of the authority': 'le nom de la collectivité',
  'where to write it (default: stdout); never over an existing file':
    "où l'écrire (par défaut : la sortie standard) ; jamais sur un fichier qui existe",
  'the edition file as JSON Schema': "le fichier d'édition en JSON Schema",
  'Prints the JSON Schema of the edition file, so that an editor completes and checks it.':
    "Écrit le JSON Schema du fichier d'édition : un éditeur de texte le complète et le vérifie.",
  'the backward schedule of an edition file': "le rétroplanning d'un fichier d'édition",
  'Plans an edition backwards from its restitution: earliest and latest dates, slack, what breaks and what would mend it.':
    'Planifie une édition à rebours de sa restitution : dates au plus tôt et au plus tard, marge, ce qui ne tient pas et ce qui y remédierait.',
  'how to print it': "comment l'écrire",
  'french: for spreadsheets in French; rfc4180: for machines': 'french : pour les tableurs en français ; rfc4180 : pour les machines',
  'live a whole edition in seconds, before anyone gets a mail': 'vivre toute une édition en quelques secondes, avant tout mail',
  'Lives an edition from its first day to its restitution in virtual time, with people who behave as personas say, and tells every mail that each would get. Nothing leaves this machine, and nothing but the report is kept.':
    "Vit une édition du premier jour à la restitution, en temps virtuel, avec des personnes qui se conduisent comme les profils le disent, et montre chaque mail que chacun recevrait. Rien ne quitte cette machine, et rien n'est gardé que le compte rendu.",
  'which of the possible lives: the same seed gives the same one (default: 1)':
    'laquelle des vies possibles : la même graine donne la même (par défaut : 1)',
  'live it so many times, and say how often the target date holds and which steps eat the slack':
    "la vivre tant de fois, et dire combien de fois l'échéance tient et quelles étapes mangent la marge",
  'how people behave: punctual, realistic, summer-late, or a file (docs/personas.md)':
    'la conduite des personnes : punctual, realistic, summer-late, ou un fichier (docs/personas.md)',
  'where to write the report: index.html, report.json, mails.mbox, plan.ics':
    'où écrire le compte rendu : index.html, report.json, mails.mbox, plan.ics',

  // cohort
  'start, list, show and cancel editions': 'démarrer, lister, montrer, annuler des éditions',
  'start, list, show and cancel editions; their calendars': 'démarrer, lister, montrer, annuler des éditions ; leurs agendas',
  'Editions: start one from its file, see where each stands.': 'Les éditions : en démarrer une de son fichier, voir où en est chacune.',
  'start an edition from its file': 'démarrer une édition de son fichier',
  'when its start is past: plan from today': "quand son début est passé : planifier à partir d'aujourd'hui",
  'every edition': 'toutes les éditions',
  'where an edition stands, and who is waited for': "où en est une édition, et qui l'on attend",
  'the private address of a calendar to subscribe to': "l'adresse privée d'un agenda auquel s'abonner",
  "a person's calendar instead of the edition's": "l'agenda d'une personne au lieu de celui de l'édition",
  'give it a new address: the former ones are dead from then on': 'lui donner une nouvelle adresse : les anciennes ne valent plus rien',
  'why it is renewed; kept in the journal': 'pourquoi elle change ; gardé au journal',
  'end an edition: nothing opens or is mailed any more': "finir une édition : plus rien ne s'ouvre ni ne part",

  // ask, person
  'what is asked of whom: list, nudge, extend, close': 'ce qui est demandé à qui : lister, rappeler, prolonger, clore',
  'what is asked of whom': 'ce qui est demandé à qui',
  'Asks: list them, remind, extend or close one by hand.': 'Les demandes : les lister, en rappeler, prolonger ou clore une à la main.',
  'every ask, or only who is waited for': "toutes les demandes, ou seulement qui l'on attend",
  'only who is waited for': "seulement qui l'on attend",
  'remind by hand those who have not answered': "envoyer un rappel à qui n'a pas répondu",
  'give an ask until another day': "donner jusqu'à un autre jour",
  'close an ask with what there is': 'clore une demande avec ce qui est arrivé',
  'the ask': 'la demande',
  'YYYY-MM-DD': 'AAAA-MM-JJ',
  'who takes part: list, correct an address': 'qui participe : lister, corriger une adresse',
  'People of an edition: who they are, whose mail comes back, and what to do about it.':
    "Les personnes d'une édition : qui elles sont, celles dont le courrier revient, et qu'y faire.",
  'everybody, or whose mail comes back': 'tout le monde, ou celles dont le courrier revient',
  'only those whose mail comes back': 'seulement celles dont le courrier revient',
  'correct an address, or confirm that it is right': "corriger une adresse, ou confirmer qu'elle est bonne",
  'their id (troismains person list)': 'son identifiant (troismains person list)',
  'the address from now on; the one they have, to say that it is right':
    "son adresse désormais ; celle qu'elle a, pour dire qu'elle est bonne",
  'why; kept in the journal, which never holds the address': "pourquoi ; gardé au journal, qui ne retient jamais l'adresse",
  'Gives somebody another address, or confirms the one they have: they count as reachable again, get a fresh link for each open request, and the letters that did not arrive leave again. Links sent to the former address open nothing any more.':
    "Donne une autre adresse à quelqu'un, ou confirme la sienne : la personne compte de nouveau comme joignable, reçoit un nouveau lien pour chaque demande ouverte, et les courriers qui ne sont pas arrivés repartent. Les liens envoyés à l'ancienne adresse n'ouvrent plus rien.",

  // mail, audit, console
  'the outbox: what was sent, to whom, when': "la boîte d'envoi : ce qui est parti, à qui, quand",
  'The outbox: what was sent, to whom, when.': "La boîte d'envoi : ce qui est parti, à qui, quand.",
  'every mail': 'tous les mails',
  'one mail, its personal links blanked': 'un mail, ses liens personnels masqués',
  'its number': 'son numéro',
  'send again a mail that was given up, came back, or may not have arrived':
    "renvoyer un mail abandonné, revenu, ou qui n'est peut-être pas arrivé",
  'record what came back: a message from a pipe or a file, or a mailbox':
    "noter ce qui est revenu : un message d'un tube ou d'un fichier, ou une boîte",
  'a message (- or nothing: stdin)': "un message (- ou rien : l'entrée standard)",
  'every new message of a Maildir, or every .eml of a folder; each is put away once it is done':
    "chaque nouveau message d'un Maildir, ou chaque .eml d'un dossier ; chacun est rangé une fois traité",
  'Reads what servers sent back to the return path. Exit code 0 whatever the message says, so that an alias never bounces a bounce; 4 when it cannot be recorded now; 1 when a message of a mailbox failed: it stays there, and the others are done.':
    "Lit ce que les serveurs ont renvoyé à l'adresse de retour. Code de sortie 0 quoi que dise le message, pour qu'un alias ne renvoie jamais un retour ; 4 quand il ne peut pas être noté maintenant ; 1 quand un message d'une boîte a échoué : il y reste, et les autres sont traités.",
  'who did what in an edition, and whether the journal is as it was written':
    "qui a fait quoi dans une édition, et si le journal est tel qu'écrit",
  'The journal of an edition: ids and codes, never what people wrote, but for the reasons coordinators gave (not exported).':
    "Le journal d'une édition : des identifiants et des codes, jamais ce que les personnes ont écrit, sauf les raisons données par la coordination (non exportées).",
  'hold every entry against its hash, and the journal against what is true':
    'confronter chaque ligne à son empreinte, et le journal à ce qui est vrai',
  'with --verify: a head noted earlier, which must still be in the chain':
    'avec --verify : une tête notée plus tôt, qui doit être encore dans la chaîne',
  'every entry with its hash, to be kept or verified elsewhere': 'chaque ligne et son empreinte, à garder ou à vérifier ailleurs',
  'a one-time link into the console': 'un lien à usage unique vers la console',
  'Prints a link that opens the console once, within an hour; the session it opens lasts twelve hours.':
    "Écrit un lien qui ouvre la console une fois, dans l'heure ; la session qu'il ouvre dure douze heures.",

  // verify-deploy, repair
  'whether what runs can be carried on by this build': 'si ce qui tourne peut continuer avec cette version',
  'Replays the history of every running workflow on this build. One that cannot be replayed has to start again from the top: it walks through what is settled in a second, and nothing is asked or mailed twice. Without --restart nothing is changed.':
    "Rejoue avec cette version l'histoire de chaque workflow qui tourne. Celui qui ne peut pas être rejoué doit reprendre du début : il traverse en une seconde ce qui est réglé, et rien n'est demandé ni envoyé deux fois. Sans --restart, rien n'est changé.",
  'start again from the top what cannot be replayed; once the former release no longer runs':
    "reprendre du début ce qui ne peut pas être rejoué ; une fois que l'ancienne version ne tourne plus",
  'with --restart: why; kept in the journal': 'avec --restart : pourquoi ; gardé au journal',
  'bring the workflows back in line with what is true': "remettre les workflows d'accord avec ce qui est vrai",
  'one edition only': 'une seule édition',
  'Holds every workflow against the database, and mends what differs: an edition without a run is started, a run that is stale, stuck, ahead of the database or cannot be replayed starts again from the top, a run without an edition is ended. What is settled stays, and nothing is mailed twice that the database knows of. What is fine is only woken. Run it as often as you like.':
    "Confronte chaque workflow à la base, et répare ce qui diffère : une édition sans exécution est démarrée ; une exécution périmée, bloquée, en avance sur la base ou impossible à rejouer reprend du début ; une exécution sans édition est arrêtée. Ce qui est réglé le reste, et rien de ce que la base connaît n'est envoyé deux fois. Ce qui va bien est seulement réveillé. À lancer aussi souvent qu'on veut.",
  'say what would be done, and do nothing': 'dire ce qui serait fait, et ne rien faire',
  'start again from the top what is fine, too': 'reprendre du début même ce qui va bien',
};

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Emploi :',
  'Arguments:': 'Arguments :',
  'Options:': 'Options :',
  'Commands:': 'Commandes :',
};

/** A sentence of the help in French; undefined where there are no words for it. */
export const frenchOf = (english: string): string | undefined => FRENCH[english];

const say = (english: string): string => frenchOf(english) ?? english;
const shown = (words: string, notes: readonly string[]): string => (notes.length === 0 ? words : `${words} (${notes.join(', ')})`);
const byDefault = ({ defaultValue, defaultValueDescription }: Option | Argument): string[] =>
  defaultValue === undefined ? [] : [`par défaut : ${defaultValueDescription ?? String(defaultValue)}`];

/** What Commander's help says in French by itself: to be set before commands are added. */
export const frenchHelp: HelpConfiguration = {
  styleTitle: (title) => TITLES[title] ?? title,
  optionDescription: (option) =>
    shown(option.description, [...(option.argChoices ? [`au choix : ${option.argChoices.join(', ')}`] : []), ...byDefault(option)]),
  argumentDescription: (argument) => shown(argument.description, byDefault(argument)),
};

/** Has a command and those under it say themselves in French. */
export function inFrench(command: Command): void {
  command.summary(say(command.summary())).description(say(command.description()));
  command.helpOption('-h, --help', 'cette aide');
  if (command.commands.length > 0) command.helpCommand('help [commande]', "l'aide d'une commande");
  for (const option of command.options) option.description = say(option.description);
  for (const argument of command.registeredArguments) argument.description = say(argument.description);
  for (const sub of command.commands) inFrench(sub);
}

/** What comes after the help, line by line; examples are indented, and stay. */
export const linesInFrench = (text: string): string =>
  text.replaceAll(/^(?! {2}).+$/gm, say).replaceAll(/^( +)(# .+)$/gm, (_all, indent, line) => `${indent}${say(line)}`);
