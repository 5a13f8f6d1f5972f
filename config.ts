import { readFileSync } from 'node:fs';
import { availableParallelism, homedir, tmpdir, totalmem, userInfo } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';
import { type Capacity, capacityOf, connectionsFor, type Machine } from './domain/capacity.js';
import { type ProviderEntry, readProviders } from './domain/providers.js';
import { type DkimKey, keyProblem } from './mail/dkim-key.js';
import type { Pace } from './store/budgets.js';

/** A variable of the environment is missing or wrong; the message names it and says what would be right. Exit code 2. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be a URL that begins with ${protocols.join('// or ')}//`,
    );

const hexKey = z.string().regex(/^([0-9a-fA-F]{2}){32,}$/, 'must be hexadecimal, 32 bytes or more (openssl rand -hex 32)');

const address = /^[^\s@<>"(),:;\\[\]\p{C}]+@[^\s@<>"(),:;\\[\]\p{C}]+$/u;
const hostAndPort = z.string().regex(/^[^\s/]+:\d+$/, 'must be host:port');
const count = (least: number, most: number) => {
  const words = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number(words).int(words).min(least, words).max(most, words).optional();
};
const portNumber = z.coerce.number('must be a port number').int().min(0).max(65535);

/** Every variable that Trois Mains reads, checked. Those of the Temporal client (TLS, API key, profile) are read by `@temporalio/envconfig`. */
export const variables = z.object({
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  TEMPORAL_ADDRESS: hostAndPort.optional(),
  TEMPORAL_CLI: z.string().optional(),
  TEMPORAL_UI_URL: url('http:', 'https:')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  MAILBOX_URL: url('http:', 'https:').optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\p{Cc}]*[^\s@<>]+@[^\s@<>]+>?$/u, 'must be an address, as a@b.fr or "Name <a@b.fr>"')
    .optional(),
  RETURN_PATH: z
    .string()
    .regex(/^[^\s@<>"(),:;\\[\]\p{C}]{1,31}@[^\s@<>"(),:;\\[\]\p{C}]+$/u, 'must be one address, with at most 31 characters before the @')
    .optional(),
  ALERT_TO: z
    .string()
    .transform((text) => text.split(/[\s,;]+/).filter((one) => one !== ''))
    .refine((all) => all.every((one) => address.test(one)), 'must be addresses, separated by commas')
    .optional(),
  MAIL_PER_MINUTE: z.coerce.number('must be a number').int().min(0).default(600),
  MAIL_PER_DOMAIN_PER_MINUTE: z.coerce.number('must be a number').int().min(0).default(120),
  DKIM_DOMAIN: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'must be a domain, as example.org')
    .optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i, 'must be a selector, as mail2026')
    .optional(),
  DKIM_KEY_FILE: z.string().optional(),
  PUBLIC_URL: url('http:', 'https:')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  PORT: portNumber.default(8080),
  WORKER_PORT: portNumber.optional(),
  METRICS_TOKEN: z.string().min(16, 'must be 16 characters or more (openssl rand -hex 24)').optional(),
  SDK_METRICS_ADDRESS: hostAndPort.optional(),
  HOST: z.string().default('127.0.0.1'),
  TRUSTED_PROXIES: z.coerce.number().int().min(1).max(5).optional(),
  SECOND_FACTOR: z.enum(['optional', 'required']).default('optional'),
  LINK_KEY: hexKey.optional(),
  LINK_KEY_FILE: z.string().optional(),
  OIDC_PROVIDERS_FILE: z.string().optional(),
  DATABASE_CONNECTIONS: count(connectionsFor(1), 1_000),
  WORKER_REVIEWS: count(1, 200),
  WORKER_ACTIVITIES: count(2, 1_000),
  WORKER_CACHED_RUNS: count(10, 100_000),
  TASK_QUEUE: z.string().min(1).default('troismains'),
  TROISMAINS_CACHE: z.string().optional(),
  BACKUP_FOLDER: z.string().optional(),
  DISK_FOLDERS: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  XDG_CACHE_HOME: z.string().optional(),
  LC_ALL: z.string().optional(),
  LC_MESSAGES: z.string().optional(),
  LANG: z.string().optional(),
});

/** Where Temporal is: `connection` goes to `Connection.connect` and `NativeConnection.connect` as it is; `own` when someone gave an address. */
export type TemporalConfig = {
  own: boolean;
  address: string;
  namespace: string;
  connection: NonNullable<ReturnType<typeof loadClientConnectConfig>['connectionOptions']>;
};

/** An OpenID Connect provider that people may sign in with, its secret read. */
export type ProviderConfig = Omit<ProviderEntry, 'clientSecretFile'> & { clientSecret: string };

/** All that an installation is told from outside. Optional is what only some commands need: name those with `required`. */
export type Config = {
  databaseUrl?: string;
  smtpUrl?: string;
  /** Where all mail is read that leaves: on a machine where none leaves it, as `troismains up` has it; left out, mail reaches people. */
  mailbox?: string;
  mailFrom?: string;
  /** Where bounces go, `+token` added before the @ for each mail; left out, the address of `mailFrom` as it is. */
  returnPath?: string;
  /** Who is told when something stands still. */
  alertTo: string[];
  /** How fast mail may leave, mails a minute; infinite when there is no limit. */
  pace: Pace;
  /** What mail is signed with. */
  dkim?: DkimKey;
  /** Base of the links in mails, without a final slash. */
  publicUrl?: string;
  /** Secret of at least 32 bytes from which links are derived. */
  linkKey?: Buffer;
  /** Who else may say who somebody is, in the order of the buttons; left out, nobody. */
  providers?: ProviderConfig[];
  /** Where the console listens: loopback unless told otherwise (a container). */
  host: string;
  port: number;
  /** How many proxies stand in front of the web, each adding the address before it to `X-Forwarded-For`; left out, not known. */
  trustedProxies?: number;
  /** Where the worker answers for its health, on the same host; left out, nowhere. */
  workerPort?: number;
  /** What whoever reads measures must show. */
  metricsToken?: string;
  /** Where the Temporal SDK gives measures of its own (`host:port`); left out, nowhere. */
  sdkMetricsAddress?: string;
  /** Whether coordinators and admins need a second factor to enter the console. */
  needsFactor: boolean;
  /** Connections to Postgres that a process may have at once, where that was set by hand. */
  databaseConnections?: number;
  /** What a worker on this machine does at once. */
  capacity: Capacity;
  taskQueue: string;
  temporal: TemporalConfig;
  /** Base of the Temporal UI's address, without a final slash, where admins may be led to it. */
  temporalUi?: string;
  /** A `temporal` CLI named by hand. */
  temporalCli?: string;
  cacheDir: string;
  /** Folders whose disks are watched. */
  diskFolders: string[];
  /** Folder to which backups come; left out, they cannot be seen. */
  backupFolder?: string;
  logLevel: z.output<typeof variables>['LOG_LEVEL'];
  language: 'fr' | 'en';
  /** The environment as it came, only to be handed to child processes. */
  environment: NodeJS.ProcessEnv;
};

const variableOf = {
  databaseUrl: 'DATABASE_URL',
  smtpUrl: 'SMTP_URL',
  mailFrom: 'MAIL_FROM',
  publicUrl: 'PUBLIC_URL',
  linkKey: 'LINK_KEY (or LINK_KEY_FILE)',
} as const;

/** What a command may insist on. */
export type Requirable = keyof typeof variableOf;

/** What the web and every command need to reach an installation. */
export const INSTALLATION = ['databaseUrl', 'publicUrl', 'linkKey'] as const satisfies Requirable[];

/** What the worker needs: it alone sends mail, so that it alone is told how. */
export const WORKER = ['databaseUrl', 'smtpUrl', 'mailFrom', 'publicUrl', 'linkKey'] as const satisfies Requirable[];

/**
 * Reads and checks the environment; an empty variable counts as absent. `required` makes those fields present in the result; what a worker does at once
 * follows from `machine` where it is not set.
 * Throws ConfigError with every problem at once.
 */
export function readConfig<R extends Requirable = never>(
  env: NodeJS.ProcessEnv = process.env,
  required: readonly R[] = [],
  machine: Machine = thisMachine(),
): Config & { [K in R]-?: NonNullable<Config[K]> } {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  }
  const v = parsed.data;
  const config: Config = {
    databaseUrl: v.DATABASE_URL,
    smtpUrl: v.SMTP_URL,
    ...(v.MAILBOX_URL === undefined ? {} : { mailbox: v.MAILBOX_URL }),
    mailFrom: v.MAIL_FROM,
    pace: { overall: v.MAIL_PER_MINUTE || Number.POSITIVE_INFINITY, perDomain: v.MAIL_PER_DOMAIN_PER_MINUTE || Number.POSITIVE_INFINITY },
    dkim: dkim(v),
    returnPath: v.RETURN_PATH,
    alertTo: v.ALERT_TO ?? [],
    publicUrl: v.PUBLIC_URL,
    linkKey: linkKey(v),
    providers: providers(v),
    host: v.HOST,
    port: v.PORT,
    trustedProxies: v.TRUSTED_PROXIES,
    workerPort: v.WORKER_PORT,
    metricsToken: v.METRICS_TOKEN,
    sdkMetricsAddress: v.SDK_METRICS_ADDRESS,
    needsFactor: v.SECOND_FACTOR === 'required',
    databaseConnections: v.DATABASE_CONNECTIONS,
    capacity: capacity(v, machine),
    taskQueue: v.TASK_QUEUE,
    temporal: temporal(given),
    ...(v.TEMPORAL_UI_URL === undefined ? {} : { temporalUi: v.TEMPORAL_UI_URL }),
    temporalCli: v.TEMPORAL_CLI,
    cacheDir: v.TROISMAINS_CACHE ?? (v.XDG_CACHE_HOME ? join(v.XDG_CACHE_HOME, 'troismains') : defaultCache()),
    diskFolders: v.DISK_FOLDERS?.split(delimiter).filter((folder) => folder !== '') ?? [process.cwd(), tmpdir()],
    ...(v.BACKUP_FOLDER === undefined ? {} : { backupFolder: v.BACKUP_FOLDER }),
    logLevel: v.LOG_LEVEL,
    language: /^en/i.test(v.LC_ALL ?? v.LC_MESSAGES ?? v.LANG ?? '') ? 'en' : 'fr',
    environment: env,
  };
  const missing = required.filter((name) => config[name] === undefined);
  if (missing.length > 0) throw new ConfigError(missing.map((name) => `${variableOf[name]} is not set`).join('\n'));
  // Checked on the line above: what was required is there.
  return config as Config & { [K in R]-?: NonNullable<Config[K]> };
}

function capacity(v: z.output<typeof variables>, machine: Machine): Capacity {
  const { DATABASE_CONNECTIONS: connections, WORKER_REVIEWS: reviews, WORKER_ACTIVITIES: activities, WORKER_CACHED_RUNS: cachedRuns } = v;
  if (connections !== undefined && reviews !== undefined && connections < connectionsFor(reviews))
    throw new ConfigError(
      `DATABASE_CONNECTIONS: ${connections} are too few for WORKER_REVIEWS=${reviews}: ${connectionsFor(reviews)} or more, or fewer reviews at once`,
    );
  return capacityOf(machine, { connections, reviews, activities, cachedRuns });
}

/** The machine as this process may use it: in a container, what that was given. */
function thisMachine(): Machine {
  const constrained = process.constrainedMemory() ?? 0;
  const memoryBytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return { cores: Math.min(availableParallelism(), sharedCores()), memoryBytes };
}

/** How many cores the kernel gives to our group of processes (cgroup v2): what Docker and Kubernetes call a CPU limit. */
function sharedCores(): number {
  try {
    const [, quota, period] = /^(\d+) (\d+)/.exec(readFileSync('/sys/fs/cgroup/cpu.max', 'utf8')) ?? [];
    return Number(period) > 0 ? Number(quota) / Number(period) : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function dkim(v: z.output<typeof variables>): DkimKey | undefined {
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: file } = v;
  if (domain === undefined && selector === undefined && file === undefined) return undefined;
  if (domain === undefined || selector === undefined || file === undefined)
    throw new ConfigError('DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE go together: one of them is not set');
  let privateKey: string;
  try {
    privateKey = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError(`DKIM_KEY_FILE: cannot read ${file}`);
  }
  const problem = keyProblem(privateKey);
  if (problem !== undefined) throw new ConfigError(`DKIM_KEY_FILE: ${file} ${problem}`);
  return { domain, selector, privateKey };
}

function linkKey(v: z.output<typeof variables>): Buffer | undefined {
  if (v.LINK_KEY) return Buffer.from(v.LINK_KEY, 'hex');
  if (!v.LINK_KEY_FILE) return undefined;
  let text: string;
  try {
    text = readFileSync(v.LINK_KEY_FILE, 'utf8').trim();
  } catch {
    throw new ConfigError(`LINK_KEY_FILE: cannot read ${v.LINK_KEY_FILE}`);
  }
  const key = hexKey.safeParse(text);
  if (!key.success) throw new ConfigError(`LINK_KEY_FILE: what ${v.LINK_KEY_FILE} holds ${key.error.issues[0]?.message}`);
  return Buffer.from(key.data, 'hex');
}

function providers({ OIDC_PROVIDERS_FILE: file }: z.output<typeof variables>): ProviderConfig[] | undefined {
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError(`OIDC_PROVIDERS_FILE: cannot read ${file}`);
  }
  const reading = readProviders(text);
  const refuse = (problem: string): string => `OIDC_PROVIDERS_FILE: ${file}: ${problem}`;
  if (!reading.ok) throw new ConfigError(reading.problems.map(refuse).join('\n'));
  const problems: string[] = [];
  const read = reading.providers.map(({ clientSecretFile, clientSecret = '', ...provider }) => {
    if (clientSecretFile === undefined) return { ...provider, clientSecret };
    const path = resolve(dirname(file), clientSecretFile);
    let secret = '';
    try {
      secret = readFileSync(path, 'utf8').trim();
    } catch {}
    if (secret === '') problems.push(refuse(`provider "${provider.id}": clientSecretFile: cannot read ${path}, or it is empty`));
    return { ...provider, clientSecret: secret };
  });
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return read;
}

// A configuration file of the Temporal CLI is read only when the environment names it: it must not redirect a demonstration by surprise.
function temporal(env: NodeJS.ProcessEnv): TemporalConfig {
  const byFile = env.TEMPORAL_CONFIG_FILE !== undefined || env.TEMPORAL_PROFILE !== undefined;
  let loaded: ReturnType<typeof loadClientConnectConfig>;
  try {
    const overrideEnvVars: Record<string, string> = {};
    for (const [name, value] of Object.entries(env)) if (value && name.startsWith('TEMPORAL_')) overrideEnvVars[name] = value;
    loaded = loadClientConnectConfig({ disableFile: !byFile, overrideEnvVars });
  } catch (error) {
    throw new ConfigError(`TEMPORAL_*: ${error instanceof Error ? error.message : String(error)}`);
  }
  const address = loaded.connectionOptions?.address;
  return {
    own: address !== undefined,
    address: address ?? 'localhost:7233',
    namespace: loaded.namespace ?? 'default',
    connection: { ...loaded.connectionOptions, address: address ?? 'localhost:7233' },
  };
}

// Root often runs in a container or a CI, with a home closed to the user that Postgres runs as.
const defaultCache = () => (userInfo().uid === 0 ? '/var/cache/troismains' : join(homedir(), '.cache', 'troismains'));
