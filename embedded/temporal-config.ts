import { stringify } from 'yaml';
import type { Progress, Words } from './messages.js';

/** The server release that is built and expected. */
export const SERVER_VERSION = '1.32.1';

/** Go's own checksum of that release's source. */
export const SERVER_MODULE_SUM = 'h1:grI5B5cBEMRJnDzGKtsxQRQpsNPisej1B6WgVksc9EM=';

/** A program of the server's module: the package it is made of, the name that Go gives it, and its own in the cache. */
export type Program = { package: string; binary: string; name: string };

/** The server itself. */
export const SERVER: Program = { package: 'cmd/server', binary: 'server', name: `temporal-server-${SERVER_VERSION}` };

/** What sets up the schema of a server that keeps what it knows in Postgres, beside which it is kept. */
export const SQL_TOOL: Program = { package: 'cmd/tools/sql', binary: 'sql', name: `temporal-sql-tool-${SERVER_VERSION}` };

/** Where to look and what may be done to find a server. `signal` interrupts a download or a build. */
export type SourceOptions = {
  cacheDir: string;
  temporalCli?: string;
  environment: NodeJS.ProcessEnv;
  say: Words;
  progress: Progress;
  signal?: AbortSignal;
  /** Nobody else's server will do: it is not advised. */
  alone?: boolean;
};

/** Whether a version is at least another, number by number. */
export function atLeast(version: number[], wanted: number[]): boolean {
  for (const [place, number] of wanted.entries()) {
    const own = version[place] ?? 0;
    if (own !== number) return own > number;
  }
  return true;
}

/** Where each service of the server listens on loopback. */
export type TemporalPorts = { frontend: number; http: number; internal: number[] };

/** How many ports the server needs for itself: three services (gRPC) and the membership of four. */
export const INTERNAL_PORTS = 7;

/** Search attributes of Trois Mains: roles and phases, never a person. */
export const SEARCH_ATTRIBUTES = {
  Territory: 'Keyword',
  Edition: 'Keyword',
  Phase: 'Keyword',
  WaitingOn: 'KeywordList',
  DueAt: 'Datetime',
} as const;

/**
 * Dynamic settings of an embedded server: time skipping for rehearsals and tests, and queues polled as fast as one machine can (the
 * default of 20 polls a second adds 50 ms to every hop, and a second to every skip of time).
 */
export const DYNAMIC_SETTINGS: Record<string, boolean | number | string> = {
  'frontend.WorkflowTimeSkippingEnabled': true,
  'frontend.WorkflowTimeSkippingMaxSkipPerSession': 1_000_000,
  'history.timerProcessorMaxTimeShift': '5ms',
  'history.timerProcessorMaxPollRPS': 1000,
  'history.transferProcessorMaxPollRPS': 1000,
  'history.visibilityProcessorMaxPollRPS': 1000,
  // The namespace and its search attributes are made just after the start: seen by every service soon, instead of after seconds.
  'system.namespaceCacheRefreshInterval': '200ms',
};

/** Two databases of a Postgres, with the server's schema: what runs, and what lists show. Connections are those of each. */
export type PostgresStores = { url: string; databases: { default: string; visibility: string }; connections: number };

/** How the server reaches what it keeps: SQLite in a file relative to its folder, or in memory; or Postgres. */
function stores({ inMemory, postgres }: { inMemory: boolean; postgres?: PostgresStores | undefined }): {
  default: object;
  visibility: object;
} {
  if (postgres !== undefined) {
    const { host, username, password } = new URL(postgres.url);
    const sql = (databaseName: string) => ({
      sql: {
        pluginName: 'postgres12',
        databaseName,
        connectAddr: host,
        connectProtocol: 'tcp',
        user: decodeURIComponent(username),
        password: decodeURIComponent(password),
        maxConns: postgres.connections,
        maxIdleConns: postgres.connections,
      },
    });
    return { default: sql(postgres.databases.default), visibility: sql(postgres.databases.visibility) };
  }
  // In memory the database lives as long as its one connection: no maximal lifetime, or it would be forgotten after that.
  const store = {
    sql: {
      pluginName: 'sqlite',
      databaseName: inMemory ? 'default' : 'temporal.db',
      connectAddr: 'localhost',
      connectProtocol: 'tcp',
      connectAttributes: inMemory
        ? { mode: 'memory', cache: 'private' }
        : { mode: 'rwc', cache: 'private', setup: 'true', journal_mode: 'wal', synchronous: '2' },
      maxConns: 1,
      maxIdleConns: 1,
    },
  };
  return { default: store, visibility: structuredClone(store) };
}

/** The server's configuration: one shard, everything on loopback. */
export function serverConfig(options: {
  inMemory: boolean;
  ports: TemporalPorts;
  dynamicConfigFile: string;
  postgres?: PostgresStores | undefined;
}): string {
  const { ports, dynamicConfigFile } = options;
  const [matching, history, worker, ...membership] = ports.internal;
  const rpc = (grpcPort: number | undefined, membershipPort: number | undefined, more = {}) => ({
    rpc: { grpcPort, membershipPort, bindOnLocalHost: true, ...more },
  });
  return stringify({
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: 1,
      datastores: stores(options),
    },
    global: { membership: { maxJoinDuration: '5s', broadcastAddress: '127.0.0.1' } },
    services: {
      frontend: rpc(ports.frontend, membership[0], { httpPort: ports.http }),
      matching: rpc(matching, membership[1]),
      history: rpc(history, membership[2]),
      worker: rpc(worker, membership[3]),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${ports.frontend}`,
          httpAddress: `127.0.0.1:${ports.http}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } },
    namespaceDefaults: { archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } } },
    dynamicConfigClient: { filepath: dynamicConfigFile, pollInterval: '60s' },
  });
}

/** The dynamic settings as the file that the server reads. */
export function dynamicConfig(): string {
  return stringify(Object.fromEntries(Object.entries(DYNAMIC_SETTINGS).map(([name, value]) => [name, [{ value }]])));
}
