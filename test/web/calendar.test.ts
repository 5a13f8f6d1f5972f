import { describe, expect, test } from '@jest/globals';
import { calendarSealOf, isCalendarSeal, isPreferencesSeal, isSeal, sealOf } from '../../store/links.js';
import { readIcs } from '../support/ics.js';
import { acting, feed, good } from './support/backend.js';
import { baseUrl, readable, site } from './support/client.js';

const page = `/c/${feed.ref}/${good.mac}`;

describe('a feed', () => {
  test('is a calendar that a program reads, in the zone of the territory, kept by its reader alone', async () => {
    const answer = await site().get(`${page}.ics`, {});
    const { headers } = answer;
    expect([answer.status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'text/calendar; charset=utf-8',
      'private, no-cache',
    ]);
    expect(headers.get('content-disposition')).toBe('inline; filename="trois-mains.ics"');
    const { method, properties, events } = readIcs(await answer.text());
    expect(method).toBeUndefined();
    expect(properties.find(({ name }) => name === 'X-WR-TIMEZONE')?.value).toBe('Europe/Paris');
    expect(events.map(({ uid, start, status, summary }) => [uid, start, status, summary])).toEqual([
      ['past', '2023-06-15', 'CONFIRMED', 'Jury'],
      ['s2', '2023-09-13', 'CONFIRMED', 'Séance 2 : Parler, avant'],
      ['s3', '2023-09-20', 'CANCELLED', 'Annulé : Séance 3'],
      ['due', '20230906T170000Z', 'CONFIRMED', 'Réponse attendue : Jury'],
    ]);
  });

  test('is not sent again to whoever has it, until it changes', async () => {
    const { get } = site();
    const tag = (await get(`${page}.ics`, {})).headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]+"$/);
    for (const held of [tag, `"other", W/${tag}`, '*']) {
      const again = await get(`${page}.ics`, { 'if-none-match': held });
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, '']);
    }
    expect((await get(`${page}.ics`, { 'if-none-match': '"other"' })).status).toBe(200);
    const changed = { ...feed.view, entries: feed.view.entries.slice(1) };
    const other = site(undefined, { calendar: async () => changed });
    expect((await other.get(`${page}.ics`, { 'if-none-match': tag })).headers.get('etag')).not.toBe(tag);
  });

  test.each([`/c/${feed.ref}/forged.ics`, `/c/somebody/${good.mac}.ics`, `/c/${feed.ref}/forged`])(
    'is not there for whoever forges: %s',
    async (path) => {
      const answer = await site().get(path, {});
      expect([answer.status, readable(await answer.text()).includes('Parler')]).toEqual([404, false]);
    },
  );
});

describe('the page of a calendar', () => {
  test('says what is to come, and nothing past or cancelled; it does nothing', async () => {
    const { get, acts } = site();
    const text = readable(await (await get(page, {})).text());
    expect(text).toMatch(/mercredi 6 septembre à 19 h \(heure de Paris\) : Réponse attendue.*mercredi 13 septembre : Séance 2/);
    expect(text).not.toMatch(/15 juin|Séance 3/);
    expect(acts).toEqual([]);
  });

  test('leads to the feed: for an application, and to be copied', async () => {
    const html = await (await site().get(page, {})).text();
    const address = `${baseUrl}${page}.ics`;
    expect(html).toContain(`href="${address.replace('https:', 'webcal:')}"`);
    expect(html).toContain(`<code class="hash">${address}</code>`);
  });

  test('is reached from the preferences and from the console', async () => {
    const { get } = site();
    expect(await (await get(`/preferences/${feed.ref}`)).text()).toContain(`href="${page}"`);
    expect(await (await get('/editions/val-d-oise-2023')).text()).toContain('href="/c/val-d-oise-2023/sealed"');
  });
});

describe('a new address', () => {
  test('is given from the preferences, by their key: not by the address itself, which is shared', async () => {
    const { post, acts } = site();
    expect((await post(`/preferences/${feed.ref}/calendar`, {}, { cookie: '__Secure-preferences=forged' })).status).toBe(403);
    expect((await post(page, {})).status).toBe(404);
    expect(acts).toEqual([]);
    const answer = await post(`/preferences/${feed.ref}/calendar`, {});
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/preferences/${feed.ref}?renewed`]);
    expect(acts).toEqual([{ what: 'renewCalendar', input: feed.ref }]);
    expect(acting).toContain('renewCalendar');
  });
});

test('a seal opens one calendar, of one number, and nothing else', () => {
  const key = Buffer.alloc(32, 1);
  const link = { whose: 'person', ref: 'abc', n: 1 } as const;
  const seal = calendarSealOf(key, link);
  expect(isCalendarSeal(key, link, seal)).toBe(true);
  expect(isCalendarSeal(key, { ...link, n: 2 }, seal)).toBe(false);
  expect(isCalendarSeal(key, { ...link, ref: 'abd' }, seal)).toBe(false);
  expect(isCalendarSeal(key, { ...link, whose: 'edition' }, seal)).toBe(false);
  expect(isCalendarSeal(Buffer.alloc(32, 2), link, seal)).toBe(false);
  expect([
    isSeal(key, 'abc', 1, seal),
    isPreferencesSeal(key, { ref: 'abc', n: 1 }, seal),
    isCalendarSeal(key, link, sealOf(key, 'abc', 1)),
  ]).toEqual([false, false, false]);
});
