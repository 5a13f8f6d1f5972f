/** Whoever decides gives one reason to all, and its own to whom it wishes: each letter has its own, the minutes all of them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { lettersAsToday } from '../../activities/written.js';
import { lettersOf } from '../../domain/letters.js';
import { lettersFrom } from '../../store/askreading.js';
import { documentsOf } from '../../store/documents.js';
import { findEdition } from '../../store/editions.js';
import { applicationsOf } from '../../store/selection.js';
import { findView } from '../../store/views/index.js';
import { publicUrl } from '../support/chronicle.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

async function selecting(shortlisted: boolean): Promise<Bench> {
  const bench = await database.bench();
  await bench.store.pool.query(
    `insert into person (edition, id, role, name, email) select $1, 'p-' || id, 'applicant', 'Porteuse ' || id, id || '@asso.example' from unnest($2::text[]) id`,
    [bench.id, ['a-01', 'a-02', 'a-03']],
  );
  await bench.store.pool.query(
    `insert into application (edition, id, person, title, need, summary, state, started_at, submitted_at, eligible, shortlisted)
     select $1, id, 'p-' || id, 'Titre ' || id, 'soins', '', 'submitted', now(), now(), true, $3 from unnest($2::text[]) id`,
    [bench.id, ['a-01', 'a-02', 'a-03'], shortlisted],
  );
  return bench;
}
const reasonsIn = async ({ store, id }: Bench) => (await applicationsOf(store.pool, id)).map(({ reason }) => reason);

test('a shortlist: whoever is set aside has a reason of their own, or the common one', async () => {
  const bench = await selecting(false);
  const shortlist = { step: 'shortlist', kind: 'shortlist' } as const;
  await bench.review(bench.on('2027-06-07', '10:00'), [shortlist]);
  const view = await findView(bench.store.pool, bench.request(shortlist, 'coordo'), () => bench.on('2027-06-07', '10:01'));
  const chosen = ['a-01', 'a-02', 'a-03'].slice(0, view?.form.min);
  const raw = { applications: chosen, reason: 'Il fallait choisir.', 'reasons.a-03': 'Trop tôt.', 'reasons.a-01': 'Bravo.' };
  expect(await bench.answer(shortlist, 'coordo', raw, bench.on('2027-06-07', '11:00'))).toMatchObject({ ok: true });
  await bench.review(bench.on('2027-06-07', '11:30'), [shortlist]);
  expect(await reasonsIn(bench)).toEqual(
    ['a-01', 'a-02', 'a-03'].map((id) => (chosen.includes(id) ? null : id === 'a-03' ? 'Trop tôt.' : 'Il fallait choisir.')),
  );
});

test('a deliberation: each letter gives its own reason, the minutes all of them and what no letter says', async () => {
  const bench = await selecting(true);
  const deliberation = { step: 'pitch', kind: 'deliberation', after: '2027-06-07' } as const;
  await bench.review(bench.on('2027-06-08', '10:00'), [deliberation]);
  const raw = {
    ...{ retained: ['a-01'], reserve: ['a-02'], reason: 'Des raisons communes.', minutes: 'Deux tours de vote.' },
    ...{ 'reasons.a-01': 'La plus mûre.', 'reasons.a-02': ' ' },
  };
  const at = bench.on('2027-06-08', '11:00');
  const long = { ...raw, 'reasons.a-03': 'x'.repeat(1_001) };
  expect(await bench.answer(deliberation, 'coordo', long, at)).toMatchObject({ problems: [{ field: 'reasons', problem: 'too-long' }] });
  expect(await bench.answer(deliberation, 'coordo', raw, at)).toMatchObject({ ok: true });
  await bench.review(at + 60_000, [deliberation]);
  expect(await reasonsIn(bench)).toEqual(['La plus mûre.', 'Des raisons communes.', 'Des raisons communes.']);
  const [minutes] = await documentsOf(bench.store.pool, bench.id, { step: 'pitch', project: '' });
  expect(minutes?.body).toContain('– Titre a-01\nLa plus mûre.');
  expect(minutes?.body.endsWith('Des raisons communes.\n\nDeux tours de vote.')).toBe(true);

  const row = await findEdition(bench.store.pool, bench.id);
  if (row === undefined) throw new Error('no edition');
  const letters = lettersOf(await applicationsOf(bench.store.pool, bench.id));
  expect(await lettersFrom(bench.store.pool, bench.id, { from: 1, limit: 5 })).toEqual(letters.slice(1));
  const links = { publicUrl, linkKey, mailFrom: 'programme@essais.example' };
  const written = await lettersAsToday(bench.store.pool, letters, { row, at, links });
  expect(written.map(({ application, fate }) => `${application} ${fate}`)).toEqual(['a-01 retained', 'a-02 reserve', 'a-03 not-retained']);
  expect(written[0]?.written?.text).toContain('La plus mûre.');
  expect(written[2]?.written?.text).toContain('Des raisons communes.');
  for (const letter of written) expect(letter.written?.text).not.toContain('vote');
});
