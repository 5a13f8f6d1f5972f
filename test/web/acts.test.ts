/** What coordinators do on screen and by the API: seen before it is done, refused in words, never done twice by mistake. */
import { describe, expect, test } from '@jest/globals';
import { good, previewOf } from './support/backend.js';
import { baseUrl, readable, site } from './support/client.js';

const edition = 'val-d-oise-2023';
const ask = `${edition}.roadmap-approval.approve.p-01.v1.1.g1`;
const extend = `/editions/${edition}/acts/extend`;
const chosen = `${extend}?ask=${ask}&date=2023-09-15`;
const typed = { ask, date: '2023-09-15', reason: 'Congés de la direction.', basis: 'seen-1' };

describe('the page of an act', () => {
  test('asks for the date it needs, and previews nothing until it has one', async () => {
    const here = site();
    const page = readable(await (await here.get(`${extend}?ask=${ask}`)).text());
    expect(page).toContain('Prolonger : Validation des feuilles de route (validation, projet « Parler, avant »)');
    expect(page).toContain('Dites lequel pour voir ce que cela changerait.');
    expect(page).not.toContain('Appliquer');
  });

  test('shows what would change: margin, dates, sittings, asks, mails and who is told', async () => {
    const page = readable(await (await site().get(chosen)).text());
    expect(page).toContain('Rien n’est encore changé : voici ce que cela ferait.');
    expect(page).toContain('Marge 3 jours ouvrés → -1 jour ouvré');
    expect(page).toContain('Le programme ne tiendrait plus dans ses dates');
    expect(page).toContain('du lundi 21 août au vendredi 8 septembre du lundi 21 août au vendredi 15 septembre + 5 jours ouvrés');
    expect(page).toContain('Commission permanente – Validation des suites, projet « Parler, avant » lundi 22 janvier 2024 plus aucune');
    expect(page).toContain('vendredi 8 septembre, au plus tard le vendredi 22 septembre');
    expect(page).toContain('1 ajouté, 1 annulé, 1 déplacé.');
    expect(page).toContain('rappel à la main – Validation des feuilles de route');
    expect(page).toContain('Direction générale &lt;élue&gt; : Calendrier, aussitôt.');
  });

  test('draws the steps that move, old above new, beside their table; nothing where none moves', async () => {
    const drawn = await (await site().get(chosen)).text();
    expect(drawn).toMatch(/<svg [^>]*aria-labelledby="moved-title moved-desc"[\s\S]*<\/svg>[\s\S]*<table/);
    const still = site(undefined, {
      previewAct: async ({ spec }) => ({ ...previewOf(spec), plan: { ...previewOf(spec).plan, steps: [] } }),
    });
    const page = await (await still.get(chosen)).text();
    expect(page).toContain('Aucune date du programme ne bouge.');
    expect(page).not.toContain('moved-title');
  });

  test('takes a length as a number and its unit, and a closed period as two dates', async () => {
    const here = site();
    await here
      .get(`/editions/${edition}/acts/length`)
      .then(async (page) => expect(readable(await page.text())).toContain('jours ouvrés jours semaines'));
    expect(
      (await here.post(`/editions/${edition}/acts/length`, { step: 'diagnosis', n: '12', unit: 'wd', reason: 'plus long' })).status,
    ).toBe(303);
    expect((await here.post(`/editions/${edition}/acts/closure`, { from: '2023-08-01', until: '2023-08-15', reason: 'été' })).status).toBe(
      303,
    );
    expect(here.acts.map(({ input }) => input)).toMatchObject([
      { spec: { act: 'length', step: 'diagnosis', length: { kind: 'fixed', unit: 'wd', n: 12 } } },
      { spec: { act: 'closure', from: '2023-08-01', until: '2023-08-15' } },
    ]);
    const wrong = await here.post(`/editions/${edition}/acts/length`, { step: 'diagnosis-approval', n: '0', unit: 'wd', reason: 'x' });
    expect(wrong.status).toBe(422);
    expect(here.acts.length).toBe(2);
  });

  test('is complete in English', async () => {
    const page = readable(await (await site().get(`${chosen}&lang=en`)).text());
    expect(page).toContain('Nothing is changed yet: this is what it would do.');
    expect(page).not.toMatch(/undefined|jours|Rien|rappel|[Aa]ucun/);
  });

  test('does the act with the fingerprint of what was seen, and leads back to the edition', async () => {
    const here = site();
    const answer = await here.post(extend, typed);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/editions/${edition}?done=extend`]);
    expect(readable(await (await here.get(`/editions/${edition}?done=extend`)).text())).toContain('La demande est prolongée.');
    expect(here.acts).toEqual([
      {
        what: 'act',
        input: { edition, spec: { act: 'extend', ask, date: '2023-09-15' }, reason: typed.reason, actor: 'account:acc-1', basis: 'seen-1' },
      },
    ]);
  });

  test('carries the id of its page, so that a second click is the first', async () => {
    const here = site();
    expect(await (await here.get(`${extend}?ask=${ask}&date=2023-09-15`)).text()).toContain('name="request" value="from-this-page"');
    await here.post(extend, { ...typed, request: 'from-this-page' });
    expect(here.acts).toMatchObject([{ input: { request: 'from-this-page' } }]);
  });

  test('without a reason does nothing, says so, and keeps what was typed', async () => {
    const here = site();
    const answer = await here.post(extend, { ...typed, reason: ' … ' });
    expect(answer.status).toBe(422);
    expect(readable(await answer.text())).toContain('Dire pourquoi, en quelques mots : rien n’a été changé.');
    expect(here.acts).toEqual([]);
  });

  test('shows itself anew when the edition has moved since, with what was typed', async () => {
    const here = site(undefined, { act: async ({ spec }) => ({ ok: false, moved: { ...previewOf(spec), basis: 'seen-2' } }) });
    const answer = await here.post(extend, typed);
    const page = await answer.text();
    expect(answer.status).toBe(409);
    expect(page).toContain('value="seen-2"');
    expect(page).toContain(typed.reason);
    expect(readable(page)).toContain('rien n’a été fait. Voici ce que l’acte changerait maintenant.');
  });

  test('says in words why it is refused, and from when it would not be', async () => {
    const here = site(undefined, {
      previewAct: async ({ spec }) => ({ ...previewOf(spec), refused: { code: 'too-soon', from: '2023-09-06' } }),
    });
    const page = readable(await (await here.get(`/editions/${edition}/acts/nudge?ask=${ask}`)).text());
    expect(page).toContain('Ce sera possible à partir du mercredi 6 septembre.');
    expect(page).not.toContain('Appliquer');
  });

  test('of a busy edition says that nothing was done', async () => {
    const answer = await site(undefined, { act: async () => 'busy' }).post(extend, typed);
    expect(answer.status).toBe(503);
    expect(readable(await answer.text())).toContain('rien n’a été fait. Réessayez dans un instant.');
  });

  test('of an ask that is not there, or without one, is none', async () => {
    const none = site(undefined, { previewAct: async () => 'unknown' });
    expect((await none.get(chosen)).status).toBe(404);
    expect((await site().get(extend)).status).toBe(404);
    expect((await site().get(`/editions/${edition}/acts/erase`)).status).toBe(404);
  });
});

describe('a message', () => {
  const path = `/editions/${edition}/acts/message`;
  const written = { whom: ['relay', ask], subject: 'Salle changée', text: 'Salle B.\n\nhttps://plan.example' };

  test('is posted to be seen, so that no address holds it, and nothing is done', async () => {
    const here = site();
    const blank = await (await here.get(path)).text();
    expect(blank).toContain('<form method="post"');
    expect(readable(blank)).toContain('Tout le monde (12)');
    const answer = await here.post(path, { ...written, see: '1' });
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain('sandbox="" srcdoc=');
    expect(readable(page)).toContain('Tel que Direction générale &lt;élue&gt; le lira');
    expect(readable(page)).not.toContain('Dire pourquoi');
    expect(answer.headers.get('content-security-policy')).toContain('style-src');
    expect(here.acts).toEqual([]);
  });

  test('leaves once it was seen, and leads to the mails to come', async () => {
    const here = site();
    const answer = await here.post(path, {
      whom: `relay,${ask}`,
      subject: written.subject,
      text: written.text,
      reason: 'salle',
      basis: 'seen-1',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/editions/${edition}/mails?view=coming&done=message`]);
    const spec = { act: 'message', whom: ['relay', ask].toSorted(), subject: written.subject, text: written.text };
    expect(here.acts).toMatchObject([{ input: { spec } }]);
  });

  test('to nobody, or without a word, says what is lacking and keeps the rest', async () => {
    const here = site();
    const page = await (await here.post(path, { subject: '', text: 'Salle B.', see: '1' })).text();
    expect(readable(page)).toContain('Dire à qui');
    expect(readable(page)).toContain('Donner un objet');
    expect(page).toContain('Salle B.');
    const long = await here.post(path, { ...written, text: 'é'.repeat(5_001), see: '1' });
    expect(readable(await long.text())).toContain('5000 caractères au plus');
    expect(here.acts).toEqual([]);
  });
});

describe('the API', () => {
  const api = (here: ReturnType<typeof site>, body: unknown, query = '') =>
    here.app.request(`${baseUrl}/api/editions/${edition}/acts${query}`, {
      method: 'POST',
      headers: { cookie: `__Host-session=${good.session}`, origin: baseUrl, 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const act = { act: 'close', ask, reason: 'assez de matière' };

  test('previews without a reason, and does with one', async () => {
    const here = site();
    const preview = await api(here, { act: 'close', ask }, '?preview=1');
    expect(await preview.json()).toEqual(previewOf({ act: 'close', ask }));
    expect(here.acts).toEqual([]);
    const done = await api(here, { ...act, basis: 'seen-1' });
    expect([done.status, await done.json()]).toEqual([200, { act: 'close', done: true }]);
    expect(here.acts).toMatchObject([{ what: 'act', input: { basis: 'seen-1', actor: 'account:acc-1' } }]);
  });

  test('says what is wrong: 400 what cannot be read, 404, 409, 422, 503', async () => {
    for (const body of [
      '',
      'x',
      '[]',
      '{"act":"erase"}',
      JSON.stringify({ act: 'close', ask }),
      JSON.stringify({ act: 'extend', ask, date: '2023-02-30', reason: 'x' }),
    ])
      expect([body, (await api(site(), body)).status]).toEqual([body, 400]);
    const answers = async (change: Parameters<typeof site>[1]) => (await api(site(undefined, change), act)).status;
    expect(await answers({ act: async () => 'unknown' })).toBe(404);
    expect(await answers({ act: async ({ spec }) => ({ ok: false, moved: previewOf(spec) }) })).toBe(409);
    expect(await answers({ act: async () => ({ ok: false, refused: { code: 'closed' } }) })).toBe(422);
    expect(await answers({ act: async () => ({ ok: false, refused: { code: 'advancing' } }) })).toBe(409);
    expect(await answers({ act: async () => 'busy' })).toBe(503);
  });
});

describe('an answer in somebody’s name', () => {
  const path = `/editions/${edition}/answer-for`;
  const place = { ask: 'a', person: 'maternite' };

  test('is their own form, without what they have drafted, and says how it came to be known', async () => {
    const here = site();
    const page = readable(await (await here.get(`${path}?ask=a&person=maternite`)).text());
    expect(page).toContain('Notez ce qui vous a été dit par téléphone ou sur papier.');
    const full = { problems: 'Il manque des relais la nuit.' };
    const without = await here.post(path, { ...place, ...full, 'for-reason': '' });
    expect([without.status, (await without.text()).includes('Il manque des relais la nuit.')]).toEqual([422, true]);
    expect(here.acts).toEqual([]);
    const done = await here.post(path, { ...place, ...full, 'for-reason': 'Au téléphone, lundi.' });
    expect([done.status, done.headers.get('location')]).toEqual([303, `/editions/${edition}?done=answer-for`]);
    expect(here.acts).toMatchObject([{ what: 'answerFor', input: { reason: 'Au téléphone, lundi.', actor: 'account:acc-1', raw: full } }]);
  });

  test('of nobody there is none', async () => {
    expect((await site().get(`${path}?ask=a&person=nobody`)).status).toBe(404);
  });
});
