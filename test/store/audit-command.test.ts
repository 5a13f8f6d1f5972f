import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { main } from '../../cli/main.js';
import { extend } from '../../store/acts/extend.js';
import { audit } from '../../store/audit.js';
import { inTransaction } from '../../store/db.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';
import { hearing } from '../support/terminal.js';

const heard = hearing();
const before = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), 'audit-'));
const interview = { step: 'interviews', kind: 'interview' } as const;
let database: BenchDatabase;
let bench: Bench;

beforeAll(async () => {
  database = await benchDatabase();
  // Nothing of Temporal is asked for: its address leads nowhere.
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    PUBLIC_URL: 'https://essais.example',
    LINK_KEY: 'ab'.repeat(32),
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Essais <essais@troismains.example>',
    LANG: 'fr_FR.UTF-8',
  });
  bench = await database.bench();
  const started = {
    edition: bench.id,
    at: bench.on('2027-06-07', '08:30'),
    actor: 'coordinator',
    verb: 'edition.started',
    subject: bench.id,
  } as const;
  await audit(database.store.pool, [started]);
  await bench.review(bench.on('2027-06-07'), [interview]);
  await bench.answer(interview, 'sante', { problems: 'Le médecin est loin.' }, bench.on('2027-06-08', '10:05'));
  const reason = "Vacances d'été.";
  await extend(bench.store, { ask: bench.idOf(interview), date: '2027-06-25', reason, realNow: bench.on('2027-06-09') });
});
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  rmSync(folder, { recursive: true });
  await database.drop();
});

type Exported = {
  edition: string;
  head: { n: number; hash: string };
  verified?: { ok: boolean; faults: string[] };
  entries: { n: number; at: string; actor: string; verb: string; detail: object; prev: string; hash: string }[];
};
const document = (): Exported => JSON.parse(heard.out);

describe('troismains audit', () => {
  test('tells when, who, what and about what, with the reason a coordinator gave, then the head', async () => {
    expect(await main(['audit', bench.id])).toBe(0);
    expect(heard.out.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
      'N° | Quand | Qui | Quoi | Sur quoi',
      '1 | 2027-06-07 08:30 | la coordination | a commencé l’édition | Un essai',
      '2 | 2027-06-07 09:00 | le programme | a posé la question | Entretiens croisés',
      '3 | 2027-06-08 10:05 | sante (direction métier) | a répondu | Entretiens croisés',
      "4 | 2027-06-09 09:00 | la coordination | a prolongé la question : « Vacances d'été. » | Entretiens croisés",
      '',
    ]);
    expect(heard.err).toMatch(/^Tête de la chaîne, à noter ailleurs : n° 4, [0-9a-f]{64}\n$/);
  });

  test('speaks English', async () => {
    expect(await main(['audit', bench.id, '--lang', 'en'])).toBe(0);
    expect(heard.out).toContain('sante (line directorate)  answered');
  });

  test('exports ids and codes only, each entry with its hashes', async () => {
    expect(await main(['audit', bench.id, '--json'])).toBe(0);
    const { edition, head, entries, ...more } = document();
    expect([edition, head.n, entries.length, more]).toEqual([bench.id, 4, 4, {}]);
    expect(entries[2]).toEqual({
      n: 3,
      at: '2027-06-08T08:05:00.000Z',
      actor: 'sante',
      verb: 'ask.answered',
      subject: bench.idOf(interview),
      detail: { seat: 'sante', decision: null },
      prev: entries[1]?.hash,
      hash: entries[3]?.prev,
    });
    for (const written of ['Vacances', 'médecin', 'Service', '@']) expect(heard.out).not.toContain(written);
  });

  test('verifies, and says so', async () => {
    expect(await main(['audit', bench.id, '--verify'])).toBe(0);
    expect(heard.out).toMatch(/^Journal vérifié : 4 entrées, aucune modifiée ni ajoutée, aucune qui manque entre deux autres/);
    expect(heard.out).toMatch(/n° 4, [0-9a-f]{64}\n$/);
  });

  test('says that nothing was removed only when a head was held against it', async () => {
    expect(await main(['audit', bench.id, '--verify'])).toBe(0);
    expect(heard.out).toContain('Une fin coupée peut ne pas se voir sans une tête notée ailleurs (--head).');
    expect(heard.out).not.toContain('retirée');
    heard.out = '';
    expect(await main(['audit', bench.id, '--verify', '--lang', 'en'])).toBe(0);
    expect(heard.out).toContain('An end that was cut off may not show without a head that was noted elsewhere (--head).');
    expect(heard.out).not.toContain('removed');
    const [, hash = ''] = /([0-9a-f]{64})\n$/.exec(heard.out) ?? [];
    heard.out = '';
    expect(await main(['audit', bench.id, '--verify', '--head', hash])).toBe(0);
    expect(heard.out).toContain("Jusqu'à la tête notée, aucune n'a été modifiée, retirée ni glissée");
    expect(heard.out).not.toContain('fin coupée');
  });

  test('knows a head that it has given, and no other', async () => {
    await main(['audit', bench.id, '--json', '--verify']);
    const { head, verified } = document();
    expect(verified).toEqual({ ok: true, faults: [] });
    expect(await main(['audit', bench.id, '--verify', '--head', head.hash.toUpperCase()])).toBe(0);
    heard.out = '';
    expect(await main(['audit', bench.id, '--head', 'a'.repeat(64), '--json'])).toBe(1);
    expect(document().verified).toEqual({ ok: false, faults: [expect.stringContaining("n'est pas dans la chaîne")] });
  });

  test('refuses an unknown edition, and what is no head', async () => {
    expect(await main(['audit', 'nowhere'])).toBe(2);
    expect(heard.err).toContain("Pas d'édition nowhere");
    expect(await main(['audit', bench.id, '--head', '3fa9'])).toBe(2);
    expect(heard.err).toContain('64 chiffres hexadécimaux');
  });

  test('says which entry does not fit, and what that means, with exit code 1', async () => {
    const other = await database.bench();
    await other.review(other.on('2027-06-07'), [interview]);
    await inTransaction(other.store.pool, async (tx) => {
      await tx.query("set local session_replication_role = 'replica'");
      await tx.query(`update audit set actor = 'coordo' where edition = $1`, [other.id]);
      await tx.query(`insert into audit (edition, at, actor, verb, subject) values ($1, now(), 'x', 'y', 'z')`, [other.id]);
    });
    expect(await main(['audit', other.id, '--verify'])).toBe(1);
    expect(heard.out).toContain("n° 1 : l'entrée, ou l'empreinte qui la précède, a été modifiée après coup.");
    expect(heard.out).toContain('ajoutée hors de la chaîne');
    heard.out = '';
    expect(await main(['audit', other.id])).toBe(0); // looking is not verifying
    expect(await main(['audit', other.id, '--csv', '--verify'])).toBe(1);
    expect(heard.out).toContain('\r\n;'); // what is not in the chain has no number
  });
});

const hasPython = spawnSync('python3', ['--version']).status === 0;
(hasPython ? describe : describe.skip)('the script of decision 0015', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/decisions/0015-audit-chain.md'), 'utf8');
  const script = /```python\n(.*?)```/s.exec(page)?.[1] ?? '';
  const verified = (csv: string) => {
    writeFileSync(join(folder, 'journal.csv'), csv);
    const { stdout, stderr } = spawnSync('python3', ['-c', script, join(folder, 'journal.csv')], { encoding: 'utf8' });
    return `${stdout}${stderr}`.trim();
  };

  test.each([[[]], [['--csv-dialect', 'rfc4180']]])('finds the same head in an export, with nothing of ours: %j', async (dialect) => {
    await main(['audit', bench.id, '--json']);
    const { head } = document();
    heard.out = '';
    await main(['audit', bench.id, '--csv', ...dialect]);
    expect(heard.out.startsWith(dialect.length === 0 ? '\ufeffn;edition;' : 'n,edition,')).toBe(true);
    expect(verified(heard.out)).toBe(`head ${head.hash}`);
  });

  test('finds the entry that was changed in an export', async () => {
    await main(['audit', bench.id, '--csv']);
    expect(verified(heard.out.replace(';sante;', ';coordo;'))).toBe('entry 3 does not fit');
  });
});
