import pg from 'pg';

/** The database of the stack, and the role that owns it. */
export const DATABASE = 'troismains';

/** What its owner did not make: a folder of an earlier release, whose tables are the superuser's. Sequences of columns go with their table. */
const NOT_ITS_OWN = `
  select format('alter table %s owner to ${DATABASE}', c.oid::regclass) as statement
    from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S') and c.relowner <> '${DATABASE}'::regrole
     and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i') and c.relkind = 'S')
  union all
  select format('alter routine %s owner to ${DATABASE}', p.oid::regprocedure)
    from pg_proc p
   where p.pronamespace = 'public'::regnamespace and p.proowner <> '${DATABASE}'::regrole`;

/** Gives the application its database, made when missing, and a role of its own that owns it and may do nothing else. As the superuser. */
export async function giveDatabase(admin: pg.Client, adminUrl: (database: string) => string, password: string): Promise<void> {
  const { rows } = await admin.query<{ role: boolean; database: boolean; statement: string }>(
    `select exists (select from pg_roles where rolname = $1) as role, exists (select from pg_database where datname = $1) as database,
       format('alter role %I login nosuperuser nocreatedb nocreaterole noreplication password %L', $1::text, $2::text) as statement`,
    [DATABASE, password],
  );
  if (!rows[0]?.role) await admin.query(`create role ${DATABASE}`);
  await admin.query(rows[0]?.statement ?? '');
  if (!rows[0]?.database) return void (await admin.query(`create database ${DATABASE} owner ${DATABASE}`));
  await admin.query(`alter database ${DATABASE} owner to ${DATABASE}`);
  const client = new pg.Client({ connectionString: adminUrl(DATABASE) });
  await client.connect();
  try {
    for (const { statement } of (await client.query<{ statement: string }>(NOT_ITS_OWN)).rows) await client.query(statement);
  } finally {
    await client.end();
  }
}
