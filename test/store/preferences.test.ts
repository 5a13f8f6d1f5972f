import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { giveAddress } from '../../store/acts/address.js';
import { journal } from '../../store/audit.js';
import { preferencesLinkOf } from '../../store/links.js';
import { peopleOf } from '../../store/people.js';
import { findPreferences, isPreferencesLink, savePreferences } from '../../store/preferences.js';
import { publicUrl } from '../support/chronicle.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey, scripted } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const refOf = async ({ store, id }: Bench, person: string) => (await peopleOf(store.pool, id, [person])).get(person)?.ref ?? '';

describe('what a person wants to be written', () => {
  test('is the digest, in the language of the territory, until they say otherwise; and holds in one edition', async () => {
    const [bench, other] = [await database.bench(), await database.bench()];
    const realNow = bench.on('2027-06-08');
    const ref = await refOf(bench, 'sante');
    expect(await findPreferences(bench.store, { ref, realNow })).toMatchObject({ name: 'Service Santé', digest: true, locale: 'fr' });
    expect(await savePreferences(bench.store, { ref, digest: false, locale: 'en', realNow })).toBe(true);
    expect(await findPreferences(bench.store, { ref, realNow })).toMatchObject({ digest: false, locale: 'en' });
    const elsewhere = await findPreferences(other.store, { ref: await refOf(other, 'sante'), realNow });
    expect(elsewhere).toMatchObject({ digest: true, locale: 'fr' });
  });

  test('is in the journal, once for each change, by id', async () => {
    const bench = await database.bench();
    const realNow = bench.on('2027-06-08');
    const ref = await refOf(bench, 'maison');
    for (const wanted of [{ digest: false }, { digest: false }, { locale: 'fr' as const }, { digest: true, locale: 'en' as const }])
      await savePreferences(bench.store, { ref, ...wanted, realNow });
    const entries = (await journal(bench.store.pool, bench.id)).filter(({ actor }) => actor === 'maison');
    expect(entries.map(({ verb, subject, detail, at }) => ({ verb, subject, detail, at }))).toEqual([
      { verb: 'digest.stopped', subject: 'maison', detail: {}, at: realNow },
      { verb: 'digest.resumed', subject: 'maison', detail: {}, at: realNow },
      { verb: 'language.chosen', subject: 'maison', detail: { locale: 'en' }, at: realNow },
    ]);
  });

  test('is nobody’s for an id that is nobody’s', async () => {
    const { store, on } = await database.bench();
    expect(await findPreferences(store, { ref: 'nobody', realNow: on('2027-06-08') })).toBeUndefined();
    expect(await savePreferences(store, { ref: 'nobody', digest: false, realNow: on('2027-06-08') })).toBe(false);
  });

  test('says nothing of the person in its id', async () => {
    const bench = await database.bench();
    for (const { id, ref } of (await peopleOf(bench.store.pool, bench.id)).values()) {
      expect(ref).toMatch(/^[0-9a-f]{24}$/);
      expect(ref).not.toContain(id);
    }
  });

  test('is the language of the next mail, which leads to it', async () => {
    const bench = await database.bench();
    const interview = { step: 'interviews', kind: 'interview' } as const;
    const [monday, ref] = [bench.on('2027-06-07'), await refOf(bench, 'sante')];
    await savePreferences(bench.store, { ref, locale: 'en', realNow: monday });
    await bench.review(monday, [interview]);
    const transport = scripted();
    await bench.deliver(monday, transport);
    const [english] = transport.sent.filter(({ to }) => to === 'sante@plateau.example').map(({ bytes }) => bytes.toString());
    expect(english).toContain('Content-Language: en');
    expect(english?.replaceAll('=\r\n', '')).toContain(`/p/${ref}/`);
  });

  test('is opened no more by links that went to a former address, and by those of mails to the new one', async () => {
    const bench = await database.bench();
    const [monday, ref] = [bench.on('2027-06-07'), await refOf(bench, 'sante')];
    const opened = (n: number) => {
      const mac = new URL(preferencesLinkOf(publicUrl, linkKey, { ref, n })).pathname.split('/').at(-1) ?? '';
      return isPreferencesLink(bench.store.pool, { ref, mac, linkKey });
    };
    const given = (email: string) => giveAddress(bench.store, { edition: bench.id, person: 'sante', email, reason: 'vu', realNow: monday });
    await given('sante@plateau.example');
    expect([await opened(1), await opened(2)]).toEqual([true, false]); // confirmed as it is: nothing went elsewhere
    await given('pole.sante@plateau.example');
    expect([await opened(1), await opened(2)]).toEqual([false, true]);
    await bench.review(monday, [{ step: 'interviews', kind: 'interview' }]);
    const transport = scripted();
    await bench.deliver(monday, transport);
    const [mail] = transport.sent.filter(({ to }) => to === 'pole.sante@plateau.example').map(({ bytes }) => bytes.toString());
    expect(mail?.replaceAll('=\r\n', '')).toContain(preferencesLinkOf(publicUrl, linkKey, { ref, n: 2 }));
    expect(await isPreferencesLink(bench.store.pool, { ref: 'nobody', mac: 'x', linkKey })).toBe(false);
  });
});
