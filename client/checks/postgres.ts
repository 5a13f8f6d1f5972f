/** Postgres: reachable, its version, our rights, the schema of this build, the journal's lock, its clock, and what the watch wrote there. */
import pg from 'pg';
import { knownMigrations } from '../../store/migrate.js';
import { type Finding, failing } from './finding.js';
import { standing } from './standing.js';

const name = { fr: 'Postgres', en: 'Postgres' };
const todo = {
  fr: 'Démarrer Postgres, puis vérifier DATABASE_URL (adresse, base, mot de passe).',
  en: 'Start Postgres, then check DATABASE_URL (address, database, password).',
};
/** The oldest server that is supported. */
const oldest = 15;
const clockWithinMs = 1_000;

/** Everything the database can tell. Nothing is changed. `connections`: what a worker may have of them at once. */
export async function lookAtPostgres(
  connectionString: string,
  { connections, realNow = Date.now, withinMs = 8_000 }: { connections?: number; realNow?: () => number; withinMs?: number } = {},
): Promise<Finding[]> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: withinMs, query_timeout: withinMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const server = await serverOf(client, new URL(connectionString).host);
    return [
      server,
      ...(connections === undefined ? [] : [await roomFor(client, connections)]),
      ...(await schemaAndRights(client)),
      ...(await journal(client)),
      await clock(client, realNow),
      ...(await standing(client, realNow()).catch(() => [])), // whoever may not read it has been told of rights
    ];
  } catch (error) {
    return failing('postgres', name, todo)(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function serverOf(client: pg.Client, host: string): Promise<Finding> {
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
  const { version = '?' } = rows[0] ?? {};
  return {
    id: 'postgres',
    name,
    state: Number.parseInt(version, 10) >= oldest ? 'ok' : 'fail',
    detail: { fr: `${host}, version ${version} (${oldest} ou plus)`, en: `${host}, version ${version} (${oldest} or later)` },
  };
}

/** What the web takes, unless DATABASE_CONNECTIONS says otherwise. */
const webConnections = 10;

/** Whether the server has as many connections for us as a worker and a web may ask for at once. */
async function roomFor(client: pg.Client, worker: number): Promise<Finding> {
  const { rows } = await client.query<{ given: number }>(
    `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as given`,
  );
  const given = rows[0]?.given ?? 0;
  const ok = worker + webConnections <= given;
  return {
    id: 'postgres-connections',
    name: { fr: 'Postgres, connexions', en: 'Postgres, connections' },
    state: ok ? 'ok' : 'warn',
    detail: {
      fr: `le serveur en donne ${given} ; ce worker en prend ${worker} au plus, un web ${webConnections}`,
      en: `the server gives ${given}; this worker takes ${worker} at most, a web ${webConnections}`,
    },
    ...(ok
      ? {}
      : {
          todo: {
            fr: 'Augmenter max_connections du serveur, ou donner DATABASE_CONNECTIONS au worker et au web.',
            en: "Raise the server's max_connections, or give DATABASE_CONNECTIONS to worker and web.",
          },
        }),
  };
}

/** The schema against this build's, and our rights on it: whoever may not bring it along may run where nothing is left to bring. */
async function schemaAndRights(client: pg.Client): Promise<Finding[]> {
  const { rows } = await client.query<{ creates: boolean; writes: boolean | null; migrated: boolean }>(
    `select has_schema_privilege('public', 'create') as creates, to_regclass('public.migrations') is not null as migrated,
       case when to_regclass('public.edition') is not null then has_table_privilege('public.edition', 'insert') and has_table_privilege('public.edition', 'update') end as writes`,
  );
  const { creates = false, writes = null, migrated = false } = rows[0] ?? {};
  const applied = migrated ? (await client.query<{ name: string }>('select name from migrations')).rows.map((row) => row.name) : [];
  const pending = knownMigrations().filter((file) => !applied.includes(file.replace(/\.sql$/, '')));
  const strange = applied.filter((one) => !knownMigrations().includes(`${one}.sql`));
  const rights = { id: 'postgres-rights', name: { fr: 'Postgres, droits', en: 'Postgres, rights' } };
  const schema = { id: 'postgres-schema', name: { fr: 'Postgres, schéma', en: 'Postgres, schema' } };
  return [rightsFound(), schemaFound()];

  function rightsFound(): Finding {
    if (writes === false)
      return {
        ...rights,
        state: 'fail',
        detail: { fr: 'ne peut pas écrire', en: 'may not write' },
        todo: {
          fr: 'Le propriétaire de la base doit donner ses droits à ce rôle (docs/operations.md, « The journal »).',
          en: "The database's owner must give this role its rights (docs/operations.md, The journal).",
        },
      };
    if (creates) return { ...rights, state: 'ok', detail: { fr: 'peut créer et écrire', en: 'may create and write' } };
    if (pending.length === 0)
      return {
        ...rights,
        state: 'ok',
        detail: { fr: 'peut écrire ; un autre rôle met le schéma à jour', en: 'may write; another role brings the schema along' },
      };
    return {
      ...rights,
      state: 'fail',
      detail: { fr: 'ne peut pas mettre le schéma à jour', en: 'may not bring the schema along' },
      todo: {
        fr: 'Le propriétaire de la base doit lancer « troismains worker --migrate ».',
        en: "The database's owner must run `troismains worker --migrate`.",
      },
    };
  }

  function schemaFound(): Finding {
    if (strange.length > 0)
      return {
        ...schema,
        state: 'warn',
        detail: { fr: `plus récent que cette version : ${strange.join(', ')}`, en: `newer than this build: ${strange.join(', ')}` },
        todo: { fr: 'Mettre ce programme à jour.', en: 'Bring this program up to date.' },
      };
    if (pending.length > 0)
      return {
        ...schema,
        state: 'warn',
        detail: { fr: `à mettre à jour : ${pending.join(', ')}`, en: `to be brought up to date: ${pending.join(', ')}` },
        todo: { fr: 'Démarrer le worker de cette version : il le fait.', en: "Start this build's worker: it does." },
      };
    return {
      ...schema,
      state: 'ok',
      detail: { fr: `à jour (${applied.length} migrations)`, en: `up to date (${applied.length} migrations)` },
    };
  }
}

/** The journal: whether its triggers stand, and whether this role may only add to it. Nothing is said of a schema that has no chain yet. */
async function journal(client: pg.Client): Promise<Finding[]> {
  const { rows } = await client.query<{ triggers: number; owned: boolean }>(
    `select (select count(*)::int from pg_trigger where tgrelid = t.oid and tgname in ('audit_chained', 'audit_append_only') and tgenabled in ('O', 'A'))
         + (select count(*)::int from pg_trigger where tgrelid = c.oid and tgname in ('audit_chain_append_only', 'audit_chain_by_trigger_only') and tgenabled in ('O', 'A')) as triggers,
       pg_has_role(t.relowner, 'MEMBER') or has_table_privilege(t.oid, 'UPDATE, DELETE, TRUNCATE') as owned
     from pg_class t, pg_class c where t.oid = to_regclass('audit') and c.oid = to_regclass('audit_chain')`,
  );
  const of = { id: 'postgres-journal', name: { fr: 'Postgres, journal', en: 'Postgres, journal' } };
  return rows.map(({ triggers, owned }): Finding => {
    if (triggers < 4)
      return {
        ...of,
        state: 'fail',
        detail: {
          fr: 'ses déclencheurs sont coupés : on peut changer ses entrées, et les nouvelles ne sont pas chaînées',
          en: 'its triggers are switched off: entries can be changed, and new ones are not chained',
        },
        todo: {
          fr: 'Vérifier la chaîne (troismains audit … --verify), puis remettre les déclencheurs.',
          en: 'Verify the chain (troismains audit … --verify), then switch the triggers on again.',
        },
      };
    return {
      ...of,
      state: 'ok',
      detail: owned
        ? {
            fr: "on ne peut qu'y ajouter, par déclencheur ; ce rôle pourrait les couper (docs/operations.md, « The journal »)",
            en: 'append-only by trigger; this role could set the triggers aside (docs/operations.md, The journal)',
          }
        : { fr: "on ne peut qu'y ajouter, par déclencheur et par droit", en: 'append-only by trigger and by right' },
    };
  });
}

async function clock(client: pg.Client, realNow: () => number): Promise<Finding> {
  const before = realNow();
  const { rows } = await client.query<{ ms: string }>('select extract(epoch from clock_timestamp()) * 1000 as ms');
  const aheadMs = Math.round((before + realNow()) / 2 - Number(rows[0]?.ms));
  const ok = Math.abs(aheadMs) < clockWithinMs;
  return {
    id: 'clock',
    name: { fr: 'Horloge', en: 'Clock' },
    state: ok ? 'ok' : 'fail',
    detail: {
      fr: `${Math.abs(aheadMs)} ms d'écart avec celle de Postgres (moins de 1 000)`,
      en: `${Math.abs(aheadMs)} ms from that of Postgres (less than 1,000)`,
    },
    ...(ok
      ? {}
      : {
          todo: {
            fr: "Mettre les deux machines à la même heure (NTP) : les échéances se calculent ici et s'écrivent là.",
            en: 'Set both machines to the same time (NTP): deadlines are computed here and written there.',
          },
        }),
  };
}
