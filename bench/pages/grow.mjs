// Makes many editions of one that was lived: set by set, in SQL, as the role that may leave triggers out.

/** Tables that are not copied: what they hold is nobody's but the first one's. */
const left = ['application_start', 'former_address', 'audit_reason', 'account_right', 'journal_check'];
/** What is written day by day in every edition lies side by side; what is written at once lies together. */
const interleaved = ['outbox', 'audit', 'audit_chain', 'rung'];
/** Numbers that point into tables with numbers of their own. */
const pointers = { 'rung.outbox': 'outbox', 'calendar_entry.mail': 'outbox', 'bounce.outbox': 'outbox', 'audit_chain.entry': 'audit' };

/**
 * Fills the mails of an edition up to `mails`, copies the edition until there are `editions`, two of five of them over, and adds accounts. What it
 * wrote in a mail stays with the first edition: a list does not read it. The copies of a journal have the hashes of the first.
 */
export async function grow(pool, { edition, editions, mails, accounts, now }) {
  const tx = await pool.connect();
  try {
    await tx.query("set session_replication_role = 'replica'");
    await tx.query(
      `insert into outbox (edition, key, person, template, asks, context, reminder, letter, state, due_at, queued_at, attempts, message_id, subject, sent_at)
       select edition, key || '.' || n, person, template, asks, context, reminder, letter, state, due_at, queued_at, attempts, message_id, subject, sent_at
       from generate_series(1, greatest(0, ceil($2::numeric / (select count(*) from outbox where edition = $1))::int)) n,
         (select * from outbox where edition = $1 and state = 'accepted' order by id) o
       order by n, o.id limit greatest(0, $2 - (select count(*) from outbox where edition = $1))`,
      [edition, mails],
    );
    const tables = await tablesOf(tx);
    const strides = await stridesOf(tx, tables);
    for (const [table, columns] of tables) {
      const taken = columns.filter(({ name }) => !(table === 'outbox' && name === 'bytes'));
      const values = taken.map((column) => copied(table, column, strides));
      await tx.query(
        `insert into ${table} (${taken.map(({ name }) => `"${name}"`).join(', ')}) overriding system value
         select ${values.join(', ')} from ${table} t, generate_series(1, ${editions - 1}) copy where t.${table === 'edition' ? 'id' : 'edition'} = '${edition}'
         ${interleaved.includes(table) ? '' : 'order by copy'}`,
      );
    }
    await tx.query("update edition set status = 'closed', closed_at = last_at where id ~ '-[0-9]*[27]$' and id <> $1", [edition]);
    await tx.query('update edition set clock_offset_ms = $1', [now]);
    for (const table of ['outbox', 'audit', 'incident', 'bounce'])
      await tx.query(`select setval(pg_get_serial_sequence('${table}', 'id'), greatest(1, (select max(id) from ${table})))`);
    await tx.query(
      `insert into account (id, email, mailbox, name, created_at)
       select 'compte-' || n, 'compte-' || n || '@essais.example', 'compte-' || n || '@essais.example', 'Compte ' || n, now() from generate_series(1, $1::int) n`,
      [accounts],
    );
    await tx.query(
      `insert into account_right (account, "right", edition, given_at, given_by)
       select 'compte-' || n, 'reader', e.id, now(), 'machine' from generate_series(1, $1::int) n join (select id, row_number() over (order by id) as k from edition) e
         on e.k = 1 + n % (select count(*) from edition)`,
      [accounts],
    );
  } finally {
    await tx.query("set session_replication_role = 'origin'");
    tx.release();
  }
  await pool.query('vacuum analyze');
}

async function tablesOf(db) {
  const { rows } = await db.query(
    `select c.table_name as "table", json_agg(json_build_object('name', c.column_name, 'type', c.data_type, 'identity', c.is_identity = 'YES')) as columns
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
       and (table_name = 'edition' or exists (select 1 from information_schema.columns e where e.table_name = c.table_name and e.column_name = 'edition'))
     group by 1`,
  );
  return rows.filter(({ table }) => !left.includes(table)).map(({ table, columns }) => [table, columns]);
}

async function stridesOf(db, tables) {
  const numbered = tables.filter(([, columns]) => columns.some(({ identity }) => identity)).map(([table]) => table);
  const strides = {};
  for (const table of numbered) strides[table] = (await db.query(`select coalesce(max(id), 0) + 1 as stride from ${table}`)).rows[0].stride;
  return strides;
}

/** In SQL: a column of the n-th copy. An edition's id is a part of most ids, and of what is said of them. */
function copied(table, { name, type, identity }, strides) {
  const column = `t."${name}"`;
  const numbers = identity ? table : pointers[`${table}.${name}`];
  if (numbers !== undefined) return `${column} + copy * ${strides[numbers]}`;
  if (table === 'ask_person' && name === 'request') return `left(md5(${column} || copy), 16)`;
  const id = table === 'edition' ? 't.id' : 't.edition';
  const renamed = (text) => `replace(${text}, ${id}, ${id} || '-' || copy)`;
  if (type === 'text') return renamed(column);
  if (type === 'jsonb') return `${renamed(`${column}::text`)}::jsonb`;
  if (type === 'ARRAY') return `${renamed(`${column}::text`)}::text[]`;
  return column;
}
