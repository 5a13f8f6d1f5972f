import { describe, expect, test } from '@jest/globals';
import type { JournalCheck } from '../../store/audit.js';
import type { Viewer } from '../../store/sessions.js';
import { coordinator, editionPage, fakeBackend, good, journal } from './support/backend.js';
import { readable, site } from './support/client.js';
import { monday } from './support/views.js';

describe('the way in', () => {
  test('needs a press of the button: opening the link does not burn it', async () => {
    const { get, post, acts } = site();
    const page = await get(`/sign-in/${good.key}`, {});
    expect(page.headers.get('set-cookie')).toBeNull();
    expect(await page.text()).toContain(`action="/sign-in/${good.key}"`);
    expect(acts).toEqual([]);
    const answer = await post(`/sign-in/${good.key}`, {}, { cookie: '' });
    expect(answer.headers.get('location')).toBe('/');
    const cookie = answer.headers.get('set-cookie') ?? '';
    for (const flag of ['__Host-session=s-1', 'Path=/', 'HttpOnly', 'SameSite=Lax', 'Secure', 'Max-Age=43200'])
      expect(cookie).toContain(flag);
  });

  test('stays shut with a key that was used', async () => {
    const answer = await site().post(`/sign-in/${'U'.repeat(32)}`, {}, { cookie: '' });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test('is shut behind whoever signs out, not only in their browser', async () => {
    const { post, acts } = site();
    const answer = await post('/sign-out', {});
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-session=; Max-Age=0/);
    expect(acts).toEqual([{ what: 'signOut', input: good.session }]);
  });

  test('is asked for by every page of the console', async () => {
    const { get } = site();
    for (const path of ['/', '/editions/val-d-oise-2023', '/editions/val-d-oise-2023/mails/12', '/api/editions/val-d-oise-2023'])
      for (const cookie of ['', '__Host-session=forged', 'session=s-1']) expect((await get(path, { cookie })).status).toBe(401);
  });
});

describe('an edition', () => {
  test('says who blocks what, since when, and what comes next', async () => {
    const page = readable(await (await site().get('/editions/val-d-oise-2023')).text());
    expect(page).toContain('Réponse attendue le lundi 11 septembre. Au plus tard le mardi 19 septembre.');
    expect(page).toContain('Direction générale, en attente depuis 5 jours ouvrés.');
    expect(page).toContain('Prochain rappel le jeudi 7 septembre à 9 h.');
    expect(page).toContain(
      'Ce qui partira tout seul jeudi 7 septembre à 9 h un rappel : validation une alerte de retard : document lundi 11 septembre à 9 h un rappel : validation le point hebdomadaire',
    );
    expect(page).toContain('en retard de 2 jours ouvrés');
    expect(page).toContain('Commission permanente, le lundi 22 janvier 2024 : 11 jours ouvrés d’avance.');
    expect(page).not.toMatch(/undefined|\[object|ask\.answered|roadmap-approval/);
  });

  test('that is paused says so where it says who is waited for, and leads to its resumption', async () => {
    const page = editionPage();
    const { get } = site(undefined, {
      edition: async () => ({ ...page, edition: { ...page.edition, status: 'paused' as const }, waitingOn: [] }),
    });
    const html = await (await get('/editions/val-d-oise-2023')).text();
    expect(readable(html)).toContain('L’édition est en pause : rien ne s’ouvre');
    expect(readable(html)).not.toContain('Personne n’est attendu');
    expect(html).toContain('href="/editions/val-d-oise-2023/acts/resume"');
  });

  test('has its tabs, each with its address, for whoever may open them', async () => {
    const names = async (held: Viewer['held'], path = '') => {
      const here = site(undefined, { viewer: async () => ({ ...coordinator, held }) });
      const html = await (await here.get(`/editions/val-d-oise-2023${path}`)).text();
      const nav = /<nav class="tabs".*?<\/nav>/s.exec(html)?.[0] ?? '';
      return [...nav.matchAll(/<a href="\/editions\/val-d-oise-2023(?:\/(\w+))?"( aria-current="page")?>/g)].map(
        ([, tab = 'today', open]) => (open === undefined ? tab : `${tab}!`),
      );
    };
    const all = ['today', 'plan', 'people', 'applications', 'projects', 'documents', 'mails', 'journal', 'engine'];
    for (const tab of all)
      expect(await names(coordinator.held, tab === 'today' ? '' : `/${tab}`)).toEqual(all.map((one) => (one === tab ? `${one}!` : one)));
    expect(await names([{ right: 'reader', edition: 'val-d-oise-2023' }])).toEqual(['today!', 'plan', 'projects', 'documents', 'journal']);
  });

  test('shows its projects', async () => {
    const { get } = site();
    expect(readable(await (await get('/editions/val-d-oise-2023/projects')).text())).toContain('passage à l’échelle');
  });

  test('that is to come says when it begins, not that nobody is waited for', async () => {
    const begins = '2023-10-02';
    const [row] = (await fakeBackend().backend.editions([], 0)).editions;
    const { get } = site(undefined, {
      edition: async () => ({ ...editionPage(), begins, waitingOn: [] }),
      editions: async () => ({ territories: {}, editions: row === undefined ? [] : [{ ...row, begins, waitingOn: [] }] }),
    });
    const page = readable(await (await get('/editions/val-d-oise-2023')).text());
    expect(page).toContain('L’édition commence le lundi 2 octobre : rien n’est demandé avant.');
    expect(page).not.toContain('Personne n’est attendu');
    const board = readable(await (await get('/')).text());
    expect(board).toContain('commence le lundi 2 octobre 2023');
    expect(board).not.toMatch(/en cours|En attente de/);
  });

  test('says a date of another year with its year, one of this year without', async () => {
    const page = readable(await (await site().get('/editions/val-d-oise-2023/plan')).text());
    expect(page).toContain('le mardi 23 janvier 2024');
    expect(page).toContain('le jeudi 15 juin ');
  });

  test('is complete in English', async () => {
    const page = readable(await (await site().get('/editions/val-d-oise-2023?lang=en')).text());
    expect(page).toContain('waited for since 5 working days');
    expect(page).not.toMatch(/undefined|attente|Marge|jours/);
  });

  test('draws its schedule, and gives the same dates in a table', async () => {
    const html = await (await site().get('/editions/val-d-oise-2023/plan')).text();
    expect(html).toContain('<svg');
    expect(html).toContain('Validation des feuilles de route</th>');
    expect(html).toContain('du lundi 16 janvier au vendredi 10 février');
  });

  test('tells in its journal who did what, why, and whether it is as it was written', async () => {
    const checked = (check?: JournalCheck) => {
      const { lines } = journal;
      const part = { edition: editionPage().edition, at: monday, journal: check === undefined ? { lines } : { lines, checked: check } };
      return site(undefined, { journal: async () => part });
    };
    const read = async ({ get }: ReturnType<typeof site>) => readable(await (await get('/editions/val-d-oise-2023/journal')).text());
    const page = await read(site());
    expect(page).toContain('la coordination a prolongé la question Vacances scolaires. Feuilles de route (p-01)');
    expect(page).toContain(
      'Chaîne vérifiée le lundi 4 septembre 2023 à 10 h 12 : 5 entrées, dont aucune n’a été modifiée et entre lesquelles aucune ne manque. Une fin coupée peut ne pas',
    );
    expect(page).toContain('Camille Labo, en ligne de commande a renvoyé un mail');
    expect(page).toContain('compte effacé a corrigé ou confirmé une adresse');
    expect(page).not.toContain('ne se vérifie pas');
    const other = await read(checked({ at: monday, ok: false, entries: 5 }));
    expect(other).toContain('La chaîne ne se vérifie pas (le lundi 4 septembre 2023 à 10 h 12)');
    expect(other).not.toContain('Chaîne vérifiée');
    expect(await read(checked())).toContain('n’a pas encore été vérifiée');
  });

  test('has its mails and its journal whole, by pages', async () => {
    const { get } = site();
    const page = await (await get('/editions/val-d-oise-2023')).text();
    for (const list of ['mails', 'journal']) {
      const path = `/editions/val-d-oise-2023/${list}`;
      expect(page).toContain(`href="${path}"`);
      expect(await (await get(path)).text()).toContain(`href="${path}?from=50"`);
      expect(await (await get(`${path}?from=50`)).text()).toContain(`href="${path}"`);
    }
    expect(readable(await (await get('/editions/val-d-oise-2023/mails')).text())).toContain('Votre validation est attendue');
    expect(readable(await (await get('/editions/val-d-oise-2023/journal')).text())).toContain('Vacances scolaires.');
    expect((await get('/editions/elsewhere/journal')).status).toBe(404);
  });

  test('is the document of `cohort show --json` for a program', async () => {
    const document: unknown = await (await site().get('/api/editions/val-d-oise-2023')).json();
    expect(document).toMatchObject({
      id: 'val-d-oise-2023',
      status: 'running',
      phase: 'validation',
      plan: { edition: 'val-d-oise-2023', feasible: true },
      waitingOn: [
        { ask: 'a1', kind: 'approve', person: 'dg', end: '2023-09-19', nextAction: { what: 'reminder' } },
        { ask: 'a2', project: 'p3' },
      ],
      workflow: { historyEvents: 412 },
    });
  });

  test('shows a mail in a frame without scripts', async () => {
    const answer = await site().get('/editions/val-d-oise-2023/mails/12');
    const html = await answer.text();
    expect(html).toMatch(/<iframe[^>]*sandbox=""[^>]*srcdoc="/);
    expect(html).not.toContain('<script>parent');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'none'");
    expect((await site().get('/editions/val-d-oise-2023/mails/13')).status).toBe(404);
    expect((await site().get('/editions/elsewhere')).status).toBe(404);
  });
});

describe('an address that fails', () => {
  const path = '/editions/val-d-oise-2023/people/maternite';

  test('is on the board and on the edition: since when, who it is, and what giving another will do', async () => {
    const { get } = site();
    expect(readable(await (await get('/')).text())).toContain('Injoignable Maternité partenaire');
    const html = await (await get('/editions/val-d-oise-2023')).text();
    expect(readable(html)).toContain('injoignable depuis le vendredi 1er septembre');
    expect(readable(html)).toContain('Une collègue a aussi reçu la question.');
    expect(readable(html)).toContain('un message revenu le lundi 4 septembre');
    expect(html).toContain(`action="${path}"`);
    expect(html).toContain('value="accueil@maternite.example"');
    expect(html).toContain('Maternité &lt;partenaire&gt;');
    expect(readable(html)).toContain('Un nouveau lien part pour chaque demande ouverte');
  });

  test('is given anew by a post from a session, with a reason, once', async () => {
    const { post, acts } = site();
    const answer = await post(path, { email: ' nouvelle@maternite.example ', reason: 'vu au téléphone' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/editions/val-d-oise-2023']);
    const input = {
      edition: 'val-d-oise-2023',
      person: 'maternite',
      email: 'nouvelle@maternite.example',
      reason: 'vu au téléphone',
      actor: 'account:acc-1',
    };
    expect(acts).toEqual([{ what: 'giveAddress', input }]);
  });

  test('is refused with what was typed, and what is wrong beside it', async () => {
    const { post, acts } = site();
    const wrong = await post(path, { email: 'accueil <b>', reason: 'vu' });
    expect(wrong.status).toBe(422);
    const html = await wrong.text();
    expect(html).toContain('value="accueil &lt;b&gt;"');
    expect(readable(html)).toContain('Ce n’est pas une adresse complète');
    acts.length = 0;
    const mute = await post(path, { email: 'x@maternite.example', reason: ' … ' });
    expect(mute.status).toBe(422);
    expect(readable(await mute.text())).toContain('Dites pourquoi');
    expect(acts).toEqual([]);
  });

  test('is nobody else’s to give', async () => {
    const { post, acts } = site();
    for (const cookie of ['', '__Host-session=forged', 'session=s-1'])
      expect((await post(path, { email: 'x@y.example', reason: 'vu' }, { cookie })).status).toBe(401);
    expect(acts).toEqual([]);
  });
});
