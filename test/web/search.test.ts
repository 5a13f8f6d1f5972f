/** The search: what it says, what it is asked with, and what it costs. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Installation } from '../../client/installation.js';
import { excerptOf, partsOf } from '../../domain/search.js';
import type { Tx } from '../../store/db.js';
import { liveBackend } from '../../web/live.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey } from '../support/edition.js';
import { coordinator, good } from './support/backend.js';
import { baseUrl, readable, site } from './support/client.js';

describe('the page of a search', () => {
  test('is empty until something is looked for, whatever its address says', async () => {
    const asked: unknown[] = [];
    const { get, post } = site(undefined, {
      search: async (_, wanted) => {
        asked.push(wanted);
        return { asked: [], found: [], more: [] };
      },
    });
    const html = await (await get('/search?q=Marchand&kind=people')).text();
    expect(html).toContain('<form method="post" action="/search"');
    expect(html).not.toContain('Marchand');
    await post('/search', { q: '  ' });
    expect(asked).toEqual([]);
    await post('/search', { q: ' Hélène\u0000 ', kind: 'people', from: '50', edition: 'val-d-oise-2023' });
    await post('/search', { q: 'x', kind: 'everything', from: '50', edition: '../x' });
    await post('/search', { q: 'x', kind: 'people', from: '999999' });
    expect(asked).toEqual([
      { text: 'Hélène', kind: 'people', from: 50, edition: 'val-d-oise-2023' },
      { text: 'x', from: 0 },
      { text: 'x', kind: 'people', from: 1_000 },
    ]);
  });

  test('names what was found by kind, where it is read, with the words marked, and nothing of it as HTML', async () => {
    const html = await (await site().post('/search', { q: 'générale direc' })).text();
    for (const path of ['', '/people/direction', '/projects', '/documents/roadmap/p-01', '/applications/a-01'])
      expect(html).toContain(`href="/editions/val-d-oise-2023${path}"`);
    expect(html).toContain('<mark>Direction</mark> &lt;b&gt;<mark>générale</mark>&lt;/b&gt;');
    expect(html).not.toMatch(/<b>|<i>générale|<a[^>]*q=/);
    const said = readable(html);
    expect(said).toContain(
      '… tout, Avant tout, Avant tout, Avant tout, Avant tout, la direction &lt;i&gt; générale &lt;/i&gt; et le reste,',
    );
    expect(said).toContain('Feuille de route Feuilles de route · projet « Parler, avant » · Expérimentations');
    expect(said).toContain('Personnes : tout voir');
    expect(html).toContain('<input type="hidden" name="q" value="générale direc"/><input type="hidden" name="kind" value="people"/>');
    const next = await (await site().post('/search', { q: 'direc', kind: 'people', from: '50' })).text();
    expect(next).toContain('<input type="hidden" name="from" value="100"/>');
  });

  test('says so where nothing is found, or too much was looked for', async () => {
    const nothing = await site().post('/search', { q: 'rien' });
    expect(readable(await nothing.text())).toContain('Rien n’est trouvé pour « rien » parmi ce que vous pouvez lire.');
    const { post } = site(undefined, { search: async () => 'too-often' });
    const often = await post('/search', { q: 'Marchand' });
    expect([often.status, await often.text()]).toEqual([429, expect.stringContaining('attendez quelques minutes')]);
  });

  test('is led to from every page, which names its edition where it has one', async () => {
    const { get } = site();
    expect(await (await get('/')).text()).toContain('<form method="post" action="/search"');
    for (const tab of ['', '/people', '/journal']) {
      const html = await (await get(`/editions/val-d-oise-2023${tab}`)).text();
      expect(html).toContain('<input type="hidden" name="edition" value="val-d-oise-2023"/>');
    }
  });

  test('is of our own pages, and of whoever is in', async () => {
    const { app, post } = site();
    expect((await post('/search', { q: 'x' }, { cookie: '' })).status).toBe(401);
    const foreign = { cookie: `__Host-session=${good.session}`, origin: 'https://ailleurs.example', 'content-type': 'text/plain' };
    expect((await app.request(`${baseUrl}/search`, { method: 'POST', headers: foreign, body: 'q=x' })).status).toBe(403);
  });
});

describe('the words that were found', () => {
  const asked = [{ word: 'ecole', stem: 'ecol' }, { word: 'oeuv' }];
  const marked = (parts: { text: string; found: boolean }[]) => parts.map(({ text, found }) => (found ? `[${text}]` : text)).join('');

  test('are marked whole, however they are written; the last as far as it was typed', () => {
    expect(marked(partsOf('L’École, des ÉCOLES : une Œuvre, un écologue', asked))).toBe(
      'L’[École], des [ÉCOLES] : une [Œuvre], un [écologue]',
    );
    expect(marked(partsOf('Le matin, Mater', [{ word: 'mater', stem: 'mat' }]))).toBe('Le matin, [Mater]');
    expect(marked(partsOf('Œuvres d’e\u0301cole', [{ word: 'oeuvre' }, { word: 'ecole' }]))).toBe('Œuvres d’[e\u0301cole]');
  });

  test('are shown with what is around them, and a text without any from its beginning', () => {
    const long = `${'avant '.repeat(40)}école ${'après '.repeat(60)}`;
    const said = marked(excerptOf(long, asked));
    expect(said).toMatch(/^… (avant )+\[école\] (après )+…$/);
    expect(said.length).toBeLessThan(260);
    expect(marked(excerptOf('**Un**\n\n# texte', asked))).toBe('Un texte');
    expect(marked(excerptOf('x'.repeat(500), asked))).toHaveLength(242);
  });
});

describe('on a database', () => {
  let database: BenchDatabase;
  let ours: Bench;
  beforeAll(async () => {
    database = await benchDatabase();
    ours = await database.bench();
  });
  afterAll(() => database.drop());

  test('it costs a few statements, whatever is found, holds 50 rows, and is refused after 120 in ten minutes', async () => {
    let statements = 0;
    const { pool } = database.store;
    const counting = <T extends Pick<Tx, 'query'>>(db: T): T => ({
      ...db,
      query: (text: string, values?: unknown[]) => {
        statements++;
        return db.query(text, values);
      },
    });
    const store = {
      ...database.store,
      pool: {
        ...counting(pool),
        connect: async () => {
          const tx = await pool.connect();
          return { ...counting(tx), release: (error?: Error) => tx.release(error) };
        },
      },
    };
    let now = ours.on('2027-06-10');
    const { search } = liveBackend({ store, linkKey, realNow: () => now } as unknown as Installation);
    await pool.query(
      `insert into person (edition, id, role, name, email) select $1, 'm-' || n, 'relay', 'Marchand ' || n, 'm-' || n || '@x.example' from generate_series(1, 120) n`,
      [ours.id],
    );
    const viewer = { ...coordinator, held: [{ right: 'coordinator' as const, edition: ours.id }] };
    const found = async (wanted: Parameters<typeof search>[1]) => {
      statements = 0;
      const result = await search(viewer, wanted);
      return result === 'too-often' ? result : result.found.length;
    };
    expect(await found({ text: 'march', from: 0 })).toBe(10);
    expect(statements).toBeLessThanOrEqual(8);
    expect(await found({ text: 'march', kind: 'people', from: 50 })).toBe(50);
    expect(await found({ text: 'march', kind: 'people', from: 100 })).toBe(20);
    for (let n = 3; n < 120; n++) await search(viewer, { text: 'x', from: 0 });
    expect(await found({ text: 'march', from: 0 })).toBe('too-often');
    expect(statements).toBeLessThanOrEqual(5);
    expect((await search({ ...viewer, account: 'acc-9' }, { text: 'march', from: 0 })) === 'too-often').toBe(false);
    now += 11 * 60_000;
    expect(await found({ text: 'march', from: 0 })).toBe(10);
  });
});
