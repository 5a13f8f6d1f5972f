import { describe, expect, test } from '@jest/globals';
import { isPreferencesSeal, isSeal, linkOf, preferencesLinkOf, sealOf } from '../../store/links.js';
import { good, preferences } from './support/backend.js';
import { baseUrl, readable, site } from './support/client.js';

const { ref } = preferences;
const oneClick = { 'List-Unsubscribe': 'One-Click' };
/** As a mail program sends it: no cookie, from no page of ours. */
const noBrowser = { cookie: '', origin: '' };
const fromElsewhere: Record<string, string>[] = [
  noBrowser,
  { cookie: '', origin: 'null' },
  { cookie: '', origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' },
];

describe('the preferences page', () => {
  test('opens from its link at a clean address, with a cookie that only its own pages receive', async () => {
    const { get } = site();
    const answer = await get(`/p/${ref}/${good.mac}`, {});
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/preferences/${ref}?opened`]);
    expect((await get(`/preferences/${ref}?opened`)).headers.get('location')).toBe(`/preferences/${ref}`);
    const cookie = answer.headers.get('set-cookie') ?? '';
    for (const flag of [`Path=/preferences/${ref}`, 'HttpOnly', 'SameSite=Lax', 'Secure']) expect(cookie).toContain(flag);
  });

  test('says what is received, what can be switched off, and what cannot', async () => {
    const { get } = site();
    const html = await (await get(`/preferences/${ref}`)).text();
    expect(html).toMatch(/<input type="radio" name="digest" value="on" checked/);
    expect(html).toMatch(/<input type="radio" name="locale" value="fr" checked/);
    expect(readable(html)).toContain('Ce qui arrive toujours');
    expect(readable(html)).toContain('Les décisions qui vous concernent');
  });

  test('keeps what is chosen, and says so', async () => {
    const { post, get, acts } = site();
    const answer = await post(`/preferences/${ref}`, { digest: 'off', locale: 'en' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/preferences/${ref}?saved`]);
    expect(acts).toEqual([{ what: 'savePreferences', input: { ref, digest: false, locale: 'en' } }]);
    expect(readable(await (await get(`/preferences/${ref}?saved`)).text())).toContain('C’est enregistré.');
  });

  test('leaves what it does not know as it was', async () => {
    const { post, acts } = site();
    await post(`/preferences/${ref}`, { digest: 'maybe', locale: 'de' });
    expect(acts).toEqual([{ what: 'savePreferences', input: { ref } }]);
  });

  test('is closed to a forged link and to one without a cookie, and nothing is done', async () => {
    const { get, post, acts } = site();
    expect((await get(`/p/${ref}/forged`, {})).status).toBe(403);
    expect((await get(`/preferences/${ref}`, {})).status).toBe(403);
    expect((await post(`/preferences/${ref}`, { digest: 'off' }, { cookie: '__Secure-preferences=forged' })).status).toBe(403);
    expect((await post(`/preferences/${ref}`, { digest: 'off' }, { origin: 'https://evil.example' })).status).toBe(403);
    expect(acts).toEqual([]);
  });
});

describe('one click in a mail program', () => {
  test.each(fromElsewhere)('stops the digest, without a cookie and from no page of ours: %j', async (headers) => {
    const { post, acts } = site();
    const answer = await post(`/p/${ref}/${good.mac}`, oneClick, headers);
    expect(answer.status).toBe(200);
    expect(readable(await answer.text())).toContain('Vous ne recevez plus le point hebdomadaire');
    expect(acts).toEqual([{ what: 'savePreferences', input: { ref, digest: false } }]);
  });

  test('is not taken from a forged link, nor from a post that says something else', async () => {
    const { post, acts } = site();
    expect((await post(`/p/${ref}/forged`, oneClick, noBrowser)).status).toBe(403);
    expect((await post(`/p/other/${good.mac}`, oneClick, noBrowser)).status).toBe(403);
    expect((await post(`/p/${ref}/${good.mac}`, { x: '1' }, noBrowser)).status).toBe(403);
    expect(acts).toEqual([]);
  });

  test('opens no other address to posts from elsewhere', async () => {
    const { post } = site();
    for (const path of [`/preferences/${ref}`, '/r/q7Hc2', '/call/val-d-oise-2023', `/p/${ref}`, `/p/${ref}/${good.mac}/x`])
      expect((await post(path, oneClick, { cookie: '', origin: 'https://evil.example' })).status).toBe(403);
  });
});

describe('links of two kinds', () => {
  const key = Buffer.alloc(32, 1);

  test('open nothing of each other, even where their ids are the same', () => {
    const [, , , place] = new URL(linkOf(baseUrl, key, ref, 1)).pathname.split('/');
    const [, , , own] = new URL(preferencesLinkOf(baseUrl, key, { ref, n: 1 })).pathname.split('/');
    expect(isPreferencesSeal(key, { ref, n: 1 }, own ?? '')).toBe(true);
    expect(isPreferencesSeal(key, { ref, n: 1 }, place ?? '')).toBe(false);
    expect(isSeal(key, ref, 1, own ?? '')).toBe(false);
    expect(isPreferencesSeal(Buffer.alloc(32, 2), { ref, n: 1 }, own ?? '')).toBe(false);
    expect(isPreferencesSeal(key, { ref: 'other', n: 1 }, own ?? '')).toBe(false);
    expect(place).toBe(sealOf(key, ref, 1));
  });
});
