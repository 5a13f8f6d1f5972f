/** What coordinators read of an edition: documents, their versions word by word, interviews side by side, applications. */
import { expect, test } from '@jest/globals';
import { coordinator, where } from './support/backend.js';
import { readable, site } from './support/client.js';

const { edition } = where;
const page = async (path: string, viewer = coordinator) =>
  (await site(undefined, { viewer: async () => viewer }).get(`/editions/${edition}/${path}`)).text();
const reader = { ...coordinator, held: [{ right: 'reader' as const, edition }] };

test('documents are listed with their last version; interviews are offered to whoever may read them', async () => {
  const list = await page('documents');
  expect(readable(list)).toContain('2 (2 versions)');
  expect(list).toContain(`href="/editions/${edition}/documents/diagnosis"`);
  expect(list).toContain('/documents/interviews');
  expect(await page('documents', reader)).not.toContain('/documents/interviews');
});

test('two versions are compared word by word; what was taken out and added is said in words too', async () => {
  const compared = await page('documents/diagnosis?version=1.2&before=1.1');
  expect(compared).toMatch(/<ins><span class="hidden">ajouté\s: <\/span>très <\/ins>/);
  expect(await page('documents/diagnosis')).not.toContain('<ins>');
  const answer = await site().get(`/editions/${edition}/documents/diagnosis?version=1.9`);
  expect(answer.status).toBe(404);
});

test('interviews are read question by question, everybody’s answer beside the others’', async () => {
  const html = readable(await page('documents/interviews'));
  const asked = html.indexOf('Quels problèmes aigus voyez-vous ?');
  for (const said of ['Ce que voit maternite', 'Ce que voit logement']) expect(html.indexOf(said)).toBeGreaterThan(asked);
  expect(html).toContain('sans réponse à cette question');
});

test('applications are a table that can be narrowed; drafts are counted, and never read', async () => {
  const html = await page('applications?state=shortlisted&need=perinatalite');
  expect(readable(html)).toContain('Une candidature déposée, 2 brouillons.');
  expect(html).toContain('<option value="shortlisted" selected');
  expect(html).toContain(`href="/editions/${edition}/applications?need=perinatalite&amp;state=shortlisted&amp;from=50"`);
});

test('an application is read whole, as it was written; not by a juror who declared an interest in it', async () => {
  const html = await page('applications/a-01');
  expect(html).toContain('Un bus qui soigne &lt;b&gt;');
  const tied = await page('applications/a-01', { ...coordinator, email: 'juree@valdoise.example' });
  expect(tied).not.toContain('Un bus qui soigne &lt;b&gt;');
  expect(readable(tied)).toContain('Vous avez déclaré un lien avec cette candidature');
  expect(readable(tied)).not.toContain('Complète');
});

test('the whole table is taken away as CSV, as a spreadsheet in French reads it or as machines do', async () => {
  const here = site(undefined, { viewer: async () => coordinator });
  const answer = await here.get(`/editions/${edition}/applications.csv`);
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${edition}-applications.csv"`);
  expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe("\ufeffid;f.budget\r\napplications-1;12,5\r\n'=1+1;-3\r\n");
  expect(await (await here.get(`/editions/${edition}/documents/interviews.csv?dialect=rfc4180`)).text()).toBe(
    'id,f.budget\r\ninterviews-1,12.5\r\n=1+1,-3\r\n',
  );
});

test('figures say what they count, on the page, as JSON and as CSV', async () => {
  const html = readable(await page('documents/figures'));
  expect(html).toContain('Personnes touchées');
  expect(html).toContain('jamais celle des présences');
  const here = site(undefined, { viewer: async () => reader });
  expect(await (await here.get(`/api/editions/${edition}/figures`)).json()).toMatchObject({ id: edition, figures: { applications: 2 } });
  const csv = await (await here.get(`/editions/${edition}/documents/figures.csv?dialect=rfc4180`)).text();
  expect(csv).toContain('figure,applications,2\r\n');
  expect(csv).toContain('days lived,call,\r\n');
});
