#!/usr/bin/env node
// Takes the pictures of the README from the product itself: starts a throw-away demonstration, answers through the mailbox's links as
// people do, photographs the board, an edition and what an act would change in it – wide, and as on a telephone –, a stakeholder's page and a mail, and stops everything; then rehearses the same edition and photographs
// the report. Only some pictures: name them.
//   node docs/pictures/make.mjs [edition page mail report]
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium, installChromium } from '../../bin/chromium.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const width = 1280;
const maxBytes = 300_000;
const say = (line) => process.stderr.write(`${line}\n`);
const french = { 'accept-language': 'fr' };

/** Starts the demonstration; `stop` waits until it has left nothing behind. */
async function startDemonstration() {
  const args = [join(root, 'bin', 'troismains.mjs'), 'up', '--demo', '--ephemeral', '--json', '--lang', 'fr'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGINT');
    await exited;
  };
  const line = await Promise.race([
    new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve)),
    exited.then((code) => Promise.reject(new Error(`the demonstration did not start (exit code ${code})`))),
  ]);
  return { ready: JSON.parse(line), stop };
}

/** Tries until something is there, for half a minute. */
async function until(what, find) {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const found = await find();
    if (found) return found;
  }
  throw new Error(`${what} did not come`);
}

/** The newest mail to an address whose subject says something, with the personal link it carries. */
const mailTo = (mailbox, address, subject) =>
  until(`a mail to ${address} about “${subject}”`, async () => {
    const mails = await (await fetch(`${mailbox}/email`)).json();
    const mail = mails.findLast((one) => one.to.some((to) => to.address === address) && one.subject.includes(subject));
    const link = mail && /https?:\/\/\S+\/a\/[\w-]+\/[\w-]+/.exec(mail.text)?.[0];
    return link && { id: mail.id, link };
  });

/** Opens a link, keeps its cookie and posts the form behind it. */
async function answer(link, fields) {
  const opened = await fetch(link, { redirect: 'manual', headers: french });
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const page = new URL(opened.headers.get('location') ?? '', link);
  const headers = { ...french, cookie, origin: page.origin };
  const posted = await fetch(page, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) });
  if (posted.status !== 303) throw new Error(`${page.pathname} was not taken (${posted.status})`);
}

const interviews = [
  'dg@valdoise.example',
  'pmi@valdoise.example',
  'enfance@valdoise.example',
  'maternite@terrain.example',
  'reseau@terrain.example',
  'prevention@terrain.example',
  'college@terrain.example',
];
const heard = {
  problems: 'Des grossesses suivies tard, et des adolescentes que plus personne ne rencontre au bon moment.',
  existing: "Les visites à domicile de la PMI et deux permanences par semaine ; rien le soir, rien l'été.",
  missing: 'Un relais de confiance entre deux rendez-vous.',
};
const diagnosis = {
  title: 'Diagnostic : périnatalité et protection des mineurs',
  body: [
    'Sept entretiens croisés, menés auprès des directions métier et des acteurs de terrain.',
    "Constat 1. Le suivi commence trop tard : une grossesse sur six n'est déclarée qu'après le premier trimestre.",
    'Constat 2. Les lieux existent ; le passage de l’un à l’autre manque, surtout le soir et l’été.',
    'Axes de recherche : aller vers les futures mères isolées ; repérer plus tôt les mineurs en risque ; relier les professionnels.',
  ].join('\n\n'),
};

/** From the interviews to a diagnosis that one of two directorates has approved. */
async function live({ mailbox }) {
  for (const address of interviews) await answer((await mailTo(mailbox, address, 'entretiens')).link, heard);
  await answer((await mailTo(mailbox, 'labo@valdoise.example', 'diagnostic')).link, diagnosis);
  const approved = { decision: 'approved', remarks: '' };
  await answer((await mailTo(mailbox, 'pmi@valdoise.example', 'diagnostic')).link, approved);
  return mailTo(mailbox, 'enfance@valdoise.example', 'diagnostic');
}

/** Photographs the page as it is, down to `height`. */
async function photograph(page, name, height) {
  const { width } = page.viewportSize();
  const path = join(here, `${name}.png`);
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.screenshot({ path, clip: { x: 0, y: 0, width, height: Math.min(height, whole) }, fullPage: true });
  const { size } = statSync(path);
  if (size > maxBytes) throw new Error(`${name}.png is ${size} bytes, more than ${maxBytes}`);
  say(`docs/pictures/${name}.png: ${Math.round(size / 1000)} kB`);
}

async function takePictures(browser, { ready, waiting }) {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width, height: 900 }, extraHTTPHeaders: french });
  const page = await context.newPage();
  await page.goto(ready.signIn);
  await page.click('main button');
  const edition = `${ready.console}/editions/val-d-oise-2023`;
  for (const [suffix, size] of [
    ['', width],
    ['-375', 375],
  ]) {
    await page.setViewportSize({ width: size, height: 900 });
    for (const [name, address, height] of [
      ['board', ready.console, 700],
      ['edition', edition, 1250],
      ['whatif', `${edition}/acts/move?date=2023-06-22`, 1400],
    ]) {
      await page.goto(address);
      await photograph(page, `${name}${suffix}`, height);
    }
  }
  await page.setViewportSize({ width, height: 900 });
  await page.goto(waiting.link);
  await photograph(page, 'page', 1400);
  await page.goto(`${ready.mailbox}/email/${waiting.id}/html`);
  await photograph(page, 'mail', 800);
}

/** Rehearses the reference edition and photographs the top of its report. */
async function photographReport(browser) {
  const folder = mkdtempSync(join(tmpdir(), 'troismains-report-'));
  try {
    const args = [join(root, 'bin', 'troismains.mjs'), 'rehearse', 'editions/val-d-oise-2023.yaml', '--lang', 'fr', '--out', folder];
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`the rehearsal ended with exit code ${status}`);
    const page = await browser.newPage({ locale: 'fr-FR', viewport: { width, height: 900 } });
    await page.goto(pathToFileURL(join(folder, 'index.html')).href);
    await photograph(page, 'report', 1250);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const wanted = process.argv.slice(2);
const wants = (...names) => wanted.length === 0 || names.some((name) => wanted.includes(name));
const executablePath = findChromium() ?? installChromium(say);
if (executablePath === undefined) process.exit(1);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
try {
  if (wants('edition', 'page', 'mail')) {
    const { ready, stop } = await startDemonstration();
    try {
      await takePictures(browser, { ready, waiting: await live(ready) });
    } finally {
      await stop();
    }
  }
  if (wants('report')) await photographReport(browser);
} finally {
  await browser.close();
}
