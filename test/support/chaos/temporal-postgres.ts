import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import pg from 'pg';
import { readConfig } from '../../../config.js';
import { wordsIn } from '../../../embedded/messages.js';
import { freePorts } from '../../../embedded/ports.js';
import { buildProgram, builtProgram } from '../../../embedded/temporal-build.js';
import { type PostgresStores, type Program, SERVER, SQL_TOOL } from '../../../embedded/temporal-config.js';
import type { TemporalBinary } from '../../../embedded/temporal-source.js';

/** What a Temporal on Postgres takes: the server, and the tool that sets up its schema. */
export interface PostgresPrograms {
  server: TemporalBinary;
  sqlTool: string;
}

/** Finds both where the embedded stack keeps its server, and builds with Go what is not there: minutes, once. Throws what Go says when it cannot. */
export async function postgresPrograms(): Promise<PostgresPrograms> {
  const options = { ...readConfig(), say: wordsIn('en'), progress: (line: string) => void process.stderr.write(`${line}\n`) };
  const find = async (program: Program) => (await builtProgram(options, program)) ?? (await buildProgram(options, program));
  const path = await find(SERVER);
  return { server: { kind: 'server', path, from: path }, sqlTool: await find(SQL_TOOL) };
}

/** Makes the two databases of a server, as an installation does with `temporal-sql-tool` (docs/operations.md). */
export async function makeStores({ sqlTool }: PostgresPrograms, adminUrl: string): Promise<PostgresStores> {
  const { hostname, port, username, password } = new URL(adminUrl);
  const databases = { default: 'temporal', visibility: 'temporal_visibility' };
  const run = (database: string, ...args: string[]) =>
    promisify(execFile)(sqlTool, [
      ...['--plugin', 'postgres12', '--endpoint', hostname, '--port', port, '--user', username, '--password', password],
      ...['--database', database, ...args],
    ]);
  for (const [database, schema] of [
    [databases.default, 'temporal'],
    [databases.visibility, 'visibility'],
  ] as const) {
    await run(database, 'create-database');
    await run(database, 'setup-schema', '--version', '0.0');
    await run(database, 'update-schema', '--schema-name', `postgresql/v12/${schema}`);
  }
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // the server of a chaos is started careless of the disk; what Temporal was told to be committed must be in the log all the same
    for (const database of Object.values(databases)) await client.query(`alter database ${database} set synchronous_commit = on`);
  } finally {
    await client.end();
  }
  return { url: adminUrl, databases, connections: 20 };
}

/** Free ports that the server can note in Postgres, where its schema has a `smallint` for them: those that are given to whoever asks for any do not fit. */
export async function notablePorts(count: number): Promise<number[]> {
  for (;;) {
    const ports = await freePorts(Array.from({ length: count }, () => randomInt(10_000, 2 ** 15)));
    if (ports.every((port) => port < 2 ** 15)) return ports;
  }
}
