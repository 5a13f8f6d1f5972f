import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KeptMail, linkIn, mailsIn, openLink, type RunningStack, startDemonstrationStack } from '../support/neighbour.js';
import { until } from '../support/waiting.js';

let stack: RunningStack;

beforeAll(async () => {
  stack = await startDemonstrationStack();
});

afterAll(async () => {
  expect(await stack.stop()).toBe(0);
});

const edition = 'val-d-oise-2023';

/** The first mail to an address that is none of those already read. */
const newMail = (address: string, read: readonly string[]): Promise<KeptMail> =>
  until(`no new mail for ${address}`, async () =>
    (await mailsIn(stack.mailbox)).find(
      (mail) => mail.to.some((to) => to.address === address) && !read.includes(mail.id) && mail.text.includes('/a/'),
    ),
  );

/** What the command line says, as a coordinator would ask it. */
async function show(): Promise<{ phase: string; waitingOn: { step: string; kind: string; person: string }[]; workflow: object }> {
  const bin = fileURLToPath(new URL('../../bin/troismains.mjs', import.meta.url));
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, [bin, 'cohort', 'show', edition, '--data', stack.data, '--json'], { env });
  return JSON.parse(stdout);
}

const waitsFor = (step: string) =>
  until(`never waited for ${step}`, async () => {
    const { waitingOn } = await show();
    return waitingOn.some((w) => w.step === step) ? waitingOn.filter((w) => w.step === step) : undefined;
  });

test('people find links in their mail, open pages, post forms, and the edition moves from the interviews to the writing of the call through a circuit', async () => {
  const invited = await mailsIn(stack.mailbox);
  expect(invited.map((mail) => mail.to[0]?.address).sort()).toEqual([
    'college@terrain.example',
    'dg@valdoise.example',
    'enfance@valdoise.example',
    'maternite@terrain.example',
    'pmi@valdoise.example',
    'prevention@terrain.example',
    'reseau@terrain.example',
  ]);
  const read = invited.map((mail) => mail.id);

  for (const mail of invited) {
    const page = await openLink(linkIn(mail));
    expect(page.status).toBe(200);
    expect((await page.post({ problems: '' })).status).toBe(422);
    expect((await page.post({ problems: 'Les familles ne savent pas à qui parler.' })).status).toBe(303);
    expect((await openLink(linkIn(mail))).html).toContain('Les familles ne savent pas à qui parler.');
  }

  const toWrite = await newMail('labo@valdoise.example', read);
  read.push(toWrite.id);
  const writing = await openLink(linkIn(toWrite));
  expect((await writing.post({ title: 'Diagnostic partagé', body: 'Deux besoins sans réponse.' })).status).toBe(303);

  const stageOne = await waitsFor('diagnosis-approval');
  expect(stageOne.map((w) => w.person).sort()).toEqual(['enfance', 'pmi']);
  for (const address of ['pmi@valdoise.example', 'enfance@valdoise.example']) {
    const asked = await until(`${address} is not asked to approve`, async () =>
      (await mailsIn(stack.mailbox)).find((m) => m.to[0]?.address === address && m.subject.includes('validation')),
    );
    const page = await openLink(linkIn(asked));
    expect(page.html).toContain('Diagnostic partagé, version 1');
    expect(await page.read('document/1')).toContain('Deux besoins sans réponse.');
    expect((await page.post({ decision: 'approved' })).status).toBe(303);
  }
  const last = await until('the executive is not asked to approve', async () =>
    (await mailsIn(stack.mailbox)).find((m) => m.to[0]?.address === 'dg@valdoise.example' && m.subject.includes('validation')),
  );
  const page = await openLink(linkIn(last));
  const twice = await Promise.all([page.post({ decision: 'approved' }), page.post({ decision: 'approved' })]);
  expect(twice.map((response) => response.status)).toEqual([303, 303]); // a second click is told what the first was

  const calls = await waitsFor('call-writing');
  expect(calls.map((w) => w.person).sort()).toEqual(['incubateur', 'labo']);
  expect((await show()).phase).toBe('call');
});

test('a program that signs in reads the document of `cohort show --json`', async () => {
  const origin = new URL(stack.console).origin;
  const signedIn = await fetch(stack.signIn ?? '', { method: 'POST', redirect: 'manual', headers: { origin } });
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const document = await (await fetch(`${stack.console}/api/editions/${edition}`, { headers: { cookie } })).json();
  const { workflow: _run, ...shown } = await show();
  expect(document).toMatchObject(shown);
});
