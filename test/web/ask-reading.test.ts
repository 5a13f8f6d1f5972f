/** What the page of an ask gives to read beside its documents: interviews, sessions, applications after a declaration, what changed since a version. */
import { expect, test } from '@jest/globals';
import { readable, site } from './support/client.js';
import { monday, viewOf } from './support/views.js';

const page = async (view: ReturnType<typeof viewOf>, path = '', change = {}) => (await site(view, change).get(`/r/q7Hc2${path}`)).text();
const diagnosis = viewOf('document', {}, { step: 'diagnosis' });

test('whoever writes the diagnosis starts from the interviews, and reads them side by side', async () => {
  const html = await page(diagnosis);
  expect(html).toContain('<a href="/r/q7Hc2/interviews">Lire les 2 entretiens côte à côte</a>');
  expect(html).toMatch(
    /<textarea[^>]*>## Quels problèmes aigus voyez-vous\s?\?\n\n- Directrice maternite : Ce que voit maternite\n- Directrice logement/,
  );
  const beside = readable(await page(diagnosis, '/interviews'));
  expect(beside).toContain('Ce que voit logement');
  expect(beside).toContain('sans réponse à cette question');
});

test('a draft, or what was sent back, is not written over', async () => {
  expect(await page({ ...diagnosis, draft: { body: 'Le mien' } })).not.toContain('Ce que voit maternite');
  expect(await page({ ...diagnosis, former: { body: 'Le premier' } })).not.toContain('Ce que voit maternite');
});

test('nobody else reads the interviews', async () => {
  const view = viewOf('document', {}, { step: 'roadmap' });
  expect(await page(view)).not.toContain('/interviews');
  expect((await site(view).get('/r/q7Hc2/interviews')).status).toBe(404);
});

test('whoever says what came of a project sees its sessions, and what they come to', async () => {
  const html = readable(await page(viewOf('report', {}, { step: 'evaluation' })));
  expect(html).toContain('2 séances racontées, dont 1 tenue.');
  expect(html).toContain('mercredi 13 septembre 2023 elle a eu lieu 12 5 Trois suivis');
  expect(html).toContain('12 en tout, 12 en moyenne');
});

test('a declaration of interests opens what it does not bind', async () => {
  const declared = viewOf('interests', { closed: { state: 'answered', at: monday, answer: { conflicts: ['app-1'] } } });
  const applications = [{ id: 'app-2', title: 'Le bus', need: 'Soins', summary: 'Un bus qui passe.', applicant: 'Nour' }];
  const html = readable(await page(declared, '', { reading: async () => ({ applications }) }));
  expect(html).toContain('Vous pouvez les lire dès maintenant');
  expect(html).toContain('Un bus qui passe.');
  expect(readable(await page(declared))).not.toContain('dès maintenant');
});

test('what has changed since the version before is shown word by word', async () => {
  const view = viewOf('approve');
  const second = { ...view, documents: view.documents.map((one) => ({ ...one, version: 2, body: 'Le besoin est très grand.' })) };
  expect(await page(second, '/document/1')).toContain('href="/r/q7Hc2/document/1?changes"');
  expect(await page(second, '/document/1?changes')).toMatch(/<ins><span class="hidden">ajouté\s: <\/span>très <\/ins>/);
  const first = { ...view, documents: view.documents.map((one) => ({ ...one, version: 1 })) };
  expect(await page(first, '/document/1')).not.toContain('?changes');
});

test('whoever approves the selection reads the letters as they will leave; nobody else does', async () => {
  const view = viewOf('approve', {}, { step: 'selection-approval' });
  expect(await page(view)).toContain('<a href="/r/q7Hc2/letters">Lire les 3 lettres telles qu’elles partiront</a>');
  expect(readable(await page(view, '/letters'))).toContain('Votre projet est retenu');
  expect((await site(viewOf('approve')).get('/r/q7Hc2/letters')).status).toBe(404);
});

test('what is read to decide is read no more once it is decided: letters that have left are not said to be unsent', async () => {
  const settled = (step: 'selection-approval' | 'diagnosis-approval') => viewOf('approve', {}, { step, outcome: 'complete' });
  expect((await site(settled('selection-approval')).get('/r/q7Hc2/letters')).status).toBe(404);
  expect((await site(settled('diagnosis-approval')).get('/r/q7Hc2/interviews')).status).toBe(404);
});

test('who reads an interview is said before it is answered, and on the page about data', async () => {
  expect(readable(await page(viewOf('interview')))).toContain(
    'la coordination et les personnes qui valident le diagnostic les lisent, avec votre nom',
  );
  expect(readable(await (await site().get('/data')).text())).toContain('les personnes qui valident le diagnostic lisent les entretiens');
});

test('the hours of the jury, its place and one’s own hour are among the facts', async () => {
  const view = viewOf('prepare', { event: { on: '2023-10-02', hours: { from: '09:00', to: '17:30' }, place: 'Salle A' } });
  const html = readable(await page(view, '', { reading: async () => ({ slot: { from: '10:00', to: '10:25' } }) }));
  expect(html).toContain('lundi 2 octobre, de 9 h à 17 h 30, Salle A');
  expect(html).toContain('Vous passez de 10 h à 10 h 25.');
});
