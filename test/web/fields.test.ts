/** What of an edition's pages each right reads. */
import { expect, test } from '@jest/globals';
import type { Held } from '../../domain/rights.js';
import { TABS } from '../../web/console/tabs.js';
import { coordinator, where } from './support/backend.js';
import { site } from './support/client.js';

const secrets: Record<string, string> = {
  'why a coordinator did something': 'Vacances scolaires.',
  'what was mailed': 'Votre validation est attendue',
  'an address': 'accueil@maternite.example',
  'what fails in its run': 'template broke',
};
const programme = 'Direction générale';

test.each<[string, Held, string[], boolean]>([
  ['coordinator', { right: 'coordinator', edition: where.edition }, Object.keys(secrets), true],
  ['reader', { right: 'reader', territory: where.territory }, [], true],
  ['admin', { right: 'admin' }, ['what fails in its run'], false],
])('%s', async (_who, held, reads, readsTheProgramme) => {
  const { get } = site(undefined, { viewer: async () => ({ ...coordinator, held: [held] }) });
  const pages = ['', ...TABS.filter((tab) => tab !== 'today').map((tab) => `/${tab}`)];
  const html = (await Promise.all(pages.map(async (tab) => (await get(`/editions/${where.edition}${tab}`)).text()))).join('\n');
  const read = Object.entries(secrets).flatMap(([what, words]) => (html.includes(words) ? [what] : []));
  expect(read).toEqual(reads);
  expect(html.includes(programme)).toBe(readsTheProgramme);
});
