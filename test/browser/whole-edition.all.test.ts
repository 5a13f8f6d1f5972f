/** A whole edition lived by one person, in a browser without scripts and a mailbox: they coordinate and direct, everybody else is played. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { RehearsalDocument } from '../../rehearsal/document.js';
import { personaSet } from '../../rehearsal/personas/read.js';
import { personaScript } from '../../rehearsal/personas/script.js';
import { rehearse } from '../../rehearsal/rehearse.js';
import { openStore, type Store } from '../../store/db.js';
import { listMails } from '../../store/outbox.js';
import { viewNow } from '../../store/views/index.js';
import { closeCompany, hireCompany } from '../support/company.js';
import { mailsIn, type RunningStack, startDemonstrationStack } from '../support/neighbour.js';
import { editionFrom } from '../support/source.js';
import { setStage } from '../support/theatre.js';
import { until } from '../support/waiting.js';
import { openBrowser, openContext } from './browser.js';

const edition = 'val-d-oise-2023';
const seed = 4;
/** Whom they play: a coordinator and a director. */
const own: Record<string, string> = { labo: 'labo@valdoise.example', enfance: 'enfance@valdoise.example' };
const isOwn = (person: string) => Object.hasOwn(own, person);
const script = personaScript(personaSet('punctual'), { edition: editionFrom(edition).edition, seed });

let stack: RunningStack;
let browser: Browser;
let page: Page;
let store: Store;
let rehearsed: RehearsalDocument;

beforeAll(async () => {
  const stage = await setStage();
  try {
    const life = { ...editionFrom(edition), personas: personaSet('punctual'), seed };
    rehearsed = (await rehearse({ ...stage, hire: hireCompany }, life)).document;
  } finally {
    await closeCompany();
    await stage.strike();
  }
  [stack, browser] = await Promise.all([startDemonstrationStack(), openBrowser()]);
  store = openStore(stack.postgres);
  page = await (await openContext(browser, { locale: 'fr-FR', javaScriptEnabled: false })).newPage();
  await page.goto(stack.signIn ?? '');
  await page.locator('main button').click();
});

afterAll(async () => {
  await browser?.close();
  await store?.close();
  expect(await stack?.stop()).toBe(0);
});

/** When they answer what: as they did in the rehearsal. */
const answers = () =>
  rehearsed.asks
    .flatMap(({ id, people }) => people.map(({ person, closed, answer }) => ({ ask: id, person, closed, answer })))
    .filter(({ person, answer }) => isOwn(person) && (answer === 'answered' || answer === 'declined'))
    .map(({ ask, person, closed }) => ({ ask, person, day: closed?.slice(0, 10) ?? '' }));

/** The last link to each of their places that a mail of theirs holds. */
async function links(): Promise<Map<string, string>> {
  const mine = (await mailsIn(stack.mailbox)).filter(({ to }) => to.some(({ address }) => Object.values(own).includes(address)));
  return new Map(
    mine.flatMap(({ text }) => [...text.matchAll(/https?:\/\/\S+\/a\/([\w-]+)\/[\w=-]+/g)].map(([link, id = '']) => [id, link] as const)),
  );
}

/** Moves the clock on its page, with everybody else played, and waits as the page does. */
async function move(goal: 'next' | 'date', date = ''): Promise<string> {
  const path = `${stack.console}/editions/${edition}/clock`;
  await page.goto(path);
  await page.locator(`input[name=goal][value=${goal}]`).check();
  if (goal === 'date') await page.locator('input[name=date]').fill(date);
  await page.locator('input[name=others][value=punctual]').check();
  if (!(await page.locator('input[name=seed]').isVisible())) await page.locator('summary').click();
  for (const person of Object.keys(own)) await page.locator(`input[name=acting][value=${person}]`).check();
  await page.locator('input[name=seed]').fill(String(seed));
  await page.locator('form.card button').click();
  return until('the clock does not arrive', async () => {
    const text = (await page.locator('main section').first().textContent()) ?? '';
    return text.includes('L’horloge avance') ? undefined : text;
  });
}

/** Opens the link to a place and answers as a persona would, field by field. */
async function answer(request: string, link: string): Promise<void> {
  const view = await viewNow(store, request, { realNow: Date.now() });
  if (view === undefined) throw new Error(`${request} is nobody's place`);
  const deed = script.deed(view);
  if (!('answer' in deed)) throw new Error('the punctual pass nothing on');
  await page.goto(link);
  for (const [name, value] of Object.entries(deed.answer)) {
    const field = page.locator(`main [name="${name}"]`);
    const type =
      (await field.first().getAttribute('type')) ??
      (await field.first().evaluate((one) => (one as { tagName: string }).tagName.toLowerCase()));
    if (type === 'radio' || type === 'checkbox')
      for (const one of [value].flat()) await page.locator(`main [name="${name}"][value="${one}"]`).check();
    else if (type === 'select') await field.selectOption([value].flat());
    else await field.fill(String(value));
  }
  await page.locator('main form button[type=submit]').first().click();
  expect(await page.locator('main').textContent()).not.toContain('undefined');
}

test('one person lives a whole edition in the browser and the mailbox, to its restitution, and the others’ mails are those of the rehearsal', async () => {
  const todo = answers();
  const days = [...new Set(todo.map(({ day }) => day))].sort();
  for (const day of days) {
    await move('date', day);
    for (let left = todo.filter((one) => one.day === day); left.length > 0; ) {
      const known = await links();
      const { rows } = await store.pool.query<{ ask: string; person: string; request: string }>(
        'select ask, person, request from ask_person where request = any($1) and closed is null',
        [[...known.keys()]],
      );
      const now = left.flatMap((one) => rows.find(({ ask, person }) => ask === one.ask && person === one.person) ?? []);
      for (const { request } of now) await answer(request, known.get(request) ?? '');
      left = left.filter((one) => !now.some(({ ask, person }) => ask === one.ask && person === one.person));
      if (left.length > 0) {
        expect(await move('next')).toContain('L’horloge est arrivée');
      }
    }
  }
  const end = await move('date', '2024-12-02');
  expect(end).toContain('L’édition est finie');

  const short = (asks: readonly { ask: string; rung: string; about?: string }[]) =>
    asks.map(({ ask, rung, about = '' }) => `${rung} ${ask} ${about}`).sort();
  const dayOf = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Paris' });
  const mails = (await listMails(store.pool, edition)).filter(({ state }) => state === 'accepted');
  const lived = mails.map(({ sent_at, person, template, asks }) => ({
    day: dayOf.format(sent_at ?? 0),
    person,
    template,
    asks: short(asks),
  }));
  const foreseen = rehearsed.mails.map(({ at, person, template, asks }) => ({ day: at.slice(0, 10), person, template, asks: short(asks) }));
  const ofOthers = (all: typeof lived) =>
    all
      .filter(({ person }) => !isOwn(person))
      .map((one) => JSON.stringify(one))
      .sort();
  expect(ofOthers(lived)).toEqual(ofOthers(foreseen));
  expect(lived.filter(({ template }) => template === 'restitution').map(({ day }) => day)).toEqual(expect.arrayContaining(['2024-01-26']));
  const { rows } = await store.pool.query('select status from edition where id = $1', [edition]);
  expect(rows).toEqual([{ status: 'closed' }]);
  expect((await mailsIn(stack.mailbox)).length).toBe(mails.length);
});
