/** The languages in which the embedded stack speaks to people. */
export type Language = 'fr' | 'en';

/** Says one line of progress to whoever started the stack. */
export type Progress = (line: string) => void;

const words = {
  ready: {
    fr: (what: string, where: string, ms: number) => `${what} : prêt sur ${where} (${seconds(ms, 'fr')})`,
    en: (what: string, where: string, ms: number) => `${what}: ready on ${where} (${seconds(ms, 'en')})`,
  },
  portTaken: {
    fr: (what: string, wish: number, got: number) => `${what} : le port ${wish} est déjà pris, ce sera le ${got}.`,
    en: (what: string, wish: number, got: number) => `${what}: port ${wish} is in use, taking ${got} instead.`,
  },
  settingUp: { fr: () => 'Mise à jour du schéma de la base…', en: () => 'Bringing the database schema up to date…' },
  demo: { fr: () => "Lancement de l'édition de démonstration…", en: () => 'Starting the demonstration edition…' },
  interrupted: { fr: () => 'Interrompu avant la fin du démarrage.', en: () => 'Interrupted before everything had started.' },
  stopping: { fr: () => 'Arrêt en cours…', en: () => 'Stopping…' },
  stopped: { fr: () => 'Tout est arrêté.', en: () => 'Everything is stopped.' },
  partFailed: {
    fr: (what: string, why: string, log?: string) => `${what} s'est arrêté (${why}) ; on arrête le reste.${log ? ` Journal : ${log}` : ''}`,
    en: (what: string, why: string, log?: string) => `${what} ended (${why}); stopping the rest.${log ? ` Log: ${log}` : ''}`,
  },
  diskFull: {
    fr: (folder: string, ephemeral: boolean) =>
      `Il n'y a plus de place sur le disque de ${folder} : en libérer, ou ${ephemeral ? 'donner à TMPDIR un dossier qui en a (300 Mo suffisent)' : 'donner un autre dossier avec --data'}.`,
    en: (folder: string, ephemeral: boolean) =>
      `No space is left on the disk of ${folder}: free some, or ${ephemeral ? 'set TMPDIR to a folder that has some (300 MB are enough)' : 'give another folder with --data'}.`,
  },
  dataRunning: {
    fr: (folder: string, pid: number, where: string) =>
      `Trois Mains tourne déjà sur ${folder} (processus ${pid}) :\n${where}Arrêtez-le d'abord, ou donnez un autre dossier avec --data.`,
    en: (folder: string, pid: number, where: string) =>
      `Trois Mains already runs on ${folder} (process ${pid}):\n${where}Stop it first, or give another folder with --data.`,
  },
  leftovers: {
    fr: (names: string) => `Le lancement précédent s'est interrompu : on arrête ce qu'il a laissé (${names}).`,
    en: (names: string) => `The previous run was cut short: stopping what it left behind (${names}).`,
  },
  dataMoved: {
    fr: (asked: string, used: string) =>
      `Postgres ne tourne pas sous root et son utilisateur n'atteint pas ${asked} : ses données sont dans ${used}.`,
    en: (asked: string, used: string) => `Postgres does not run as root and its user cannot reach ${asked}: its data is in ${used}.`,
  },
  copyingPostgres: {
    fr: (to: string) => `Copie de Postgres vers ${to} (une seule fois)…`,
    en: (to: string) => `Copying Postgres to ${to} (once)…`,
  },
  preparingPostgres: { fr: () => 'Préparation de la base de données (une seule fois)…', en: () => 'Preparing the database (once)…' },
  temporalFrom: {
    fr: (from: string) => `Temporal : ${from}`,
    en: (from: string) => `Temporal: ${from}`,
  },
  downloading: {
    fr: (what: string) => `Téléchargement de ${what}…`,
    en: (what: string) => `Downloading ${what}…`,
  },
  downloadFailed: {
    fr: (why: string) => `Téléchargement impossible (${why}); on essaie autrement.`,
    en: (why: string) => `The download did not succeed (${why}); trying another way.`,
  },
  building: {
    fr: (version: string) =>
      `Construction de Temporal ${version} avec Go : environ cinq minutes, une seule fois, 3,5 Go de place passagère…`,
    en: (version: string) => `Building Temporal ${version} with Go: about five minutes, once, 3.5 GB of passing space…`,
  },
  buildStep: {
    fr: (ms: number, what: string) => `  ${seconds(ms, 'fr')} – ${what}`,
    en: (ms: number, what: string) => `  ${seconds(ms, 'en')} – ${what}`,
  },
  built: {
    fr: (ms: number, where: string) => `Temporal construit en ${seconds(ms, 'fr')}, gardé dans ${where}`,
    en: (ms: number, where: string) => `Temporal built in ${seconds(ms, 'en')}, kept in ${where}`,
  },
  noTemporal: {
    fr: (why: string, alone: boolean) =>
      `Aucun serveur Temporal.\n${why}\nIl suffit d'une de ces choses :\n  - installer le CLI : brew install temporal, ou curl -sSf https://temporal.download/cli.sh | sh\n  - installer Go 1.26.8 ou plus récent (https://go.dev/dl/) et relancer : le serveur sera construit${alone ? '' : "\n  - donner l'adresse du vôtre : TEMPORAL_ADDRESS=hôte:7233"}`,
    en: (why: string, alone: boolean) =>
      `No Temporal server.\n${why}\nOne of these is enough:\n  - install the CLI: brew install temporal, or curl -sSf https://temporal.download/cli.sh | sh\n  - install Go 1.26.8 or later (https://go.dev/dl/) and start again: the server will be built${alone ? '' : '\n  - give the address of your own: TEMPORAL_ADDRESS=host:7233'}`,
  },
} satisfies Record<string, { fr: (...values: never[]) => string; en: (...values: never[]) => string }>;

/** Every sentence of the embedded stack, in one language. */
export type Words = { [K in keyof typeof words]: (typeof words)[K]['fr'] };

/** The sentences in the language asked for. */
export function wordsIn(language: Language): Words {
  return Object.fromEntries(Object.entries(words).map(([key, both]) => [key, both[language]])) as Words;
}

function seconds(ms: number, language: Language): string {
  return ms < 90_000
    ? `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(ms / 1000)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
