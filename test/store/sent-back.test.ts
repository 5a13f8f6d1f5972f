// A version that is sent back: whoever was asked beside is told, the next version begins with the text of this one, and its mails say which it is.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { delegate } from '../../store/acts/delegate.js';
import { showMail } from '../../store/mailview.js';
import { findView } from '../../store/views/index.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const written = { step: 'diagnosis', kind: 'document', after: '2027-06-18' } as const;
const again = { ...written, version: 2, after: '2027-06-23' } as const;
/** Asked of `sante` and `transports` side by side. */
const stage = { step: 'diagnosis-approval', kind: 'approve', part: '1', after: '2027-06-21' } as const;
const secondStage = { ...stage, version: 2, after: '2027-06-24' } as const;

const textTo = async (bench: Bench, person: string, template: string) => {
  const mail = (await bench.mails()).filter((one) => one.person === person && one.template === template).at(-1);
  return mail === undefined ? undefined : await showMail(bench.store.pool, mail.id);
};

async function sentBack(decision: 'changes-requested' | 'refused') {
  const bench = await database.bench();
  const monday = bench.on('2027-06-21', '10:00');
  await bench.review(monday, [written]);
  await bench.answer(written, 'coordo', { title: 'Diagnostic', body: 'Il manque des cars.' }, monday + 60_000);
  const asked = bench.on('2027-06-22');
  await bench.review(asked, [written, stage]);
  await bench.deliver(asked);
  await bench.answer(stage, 'sante', { decision, remarks: 'Et les trains ?' }, bench.on('2027-06-23', '11:00'));
  const settled = bench.on('2027-06-23', '11:01');
  await bench.review(settled, [written, stage]);
  await bench.deliver(settled);
  const view = (person: string) => findView(bench.store.pool, bench.request(stage, person), () => settled);
  return { bench, settled, view };
}

test('by one approver: the other is told by whom and what comes, on their page and by mail', async () => {
  const { bench, view } = await sentBack('changes-requested');
  expect(await view('transports')).toMatchObject({
    closed: { state: 'not-needed' },
    sentBack: { by: 'Service Santé', what: 'changes-requested', on: '2027-06-23' },
  });
  const mail = await textTo(bench, 'transports', 'sent-back');
  expect(mail?.subject).toBe('La version 1 du diagnostic est renvoyée pour être modifiée');
  expect(mail?.text).toContain('Service Santé s’est prononcé·e le mercredi 23 juin.');
  expect(mail?.text).toContain('la version 2 repartira en validation depuis la première étape, et vous parviendra à son tour');
  expect(await textTo(bench, 'sante', 'sent-back')).toBeUndefined();
  const receipt = await textTo(bench, 'sante', 'receipt');
  expect(receipt?.text).toContain('Ensuite. Le document revient à qui l’écrit ; la version 2 repartira');
  expect(receipt?.text).not.toContain('Quand chacun a validé');
  expect(await bench.broken()).toEqual([]);
});

test('by a refusal: the other is told that it was refused, and who decides', async () => {
  const { bench } = await sentBack('refused');
  const mail = await textTo(bench, 'transports', 'sent-back');
  expect(mail?.subject).toBe('La version 1 du diagnostic est refusée');
  expect(mail?.text).toContain('La coordination décide de la suite');
});

test('the form of the next version begins with the text of this one, and its mails say that they are about the next', async () => {
  const { bench, settled } = await sentBack('changes-requested');
  await bench.review(settled, [written, stage, again]);
  await bench.deliver(settled);
  const form = await findView(bench.store.pool, bench.request(again, 'coordo'), () => settled);
  expect(form).toMatchObject({ former: { title: 'Diagnostic', body: 'Il manque des cars.' } });
  expect(form?.draft).toBeUndefined();
  expect((await textTo(bench, 'coordo', 'asks'))?.subject).toMatch(/^Une nouvelle version du diagnostic .* \(version 2\)$/);
  await bench.answer(again, 'coordo', { title: 'Diagnostic', body: 'Il manque des cars et des trains.' }, settled + 60_000);
  const asked = bench.on('2027-06-25');
  await bench.review(asked, [written, stage, again, secondStage]);
  await bench.deliver(asked);
  expect((await textTo(bench, 'transports', 'asks'))?.subject).toMatch(/\(version 2\)$/);
  expect((await findView(bench.store.pool, bench.request(secondStage, 'transports'), () => asked))?.former).toBeUndefined();
});

test('whoever was not written to about it yet is told nothing of it', async () => {
  const bench = await database.bench();
  const monday = bench.on('2027-06-21', '10:00');
  await bench.review(monday, [written]);
  await bench.answer(written, 'coordo', { title: 'Diagnostic', body: 'Il manque des cars.' }, monday + 60_000);
  const asked = bench.on('2027-06-22');
  await bench.review(asked, [written, stage]);
  const named = { request: bench.request(stage, 'transports'), name: 'Adjoint', email: 'adjoint@plateau.example' };
  expect(await delegate(bench.store, { ...named, realNow: asked + 60_000 })).toMatchObject({ ok: true });
  await bench.answer(stage, 'sante', { decision: 'refused', remarks: 'Non.' }, asked + 61_000);
  await bench.review(asked + 62_000, [written, stage]);
  expect((await bench.mails()).filter(({ template }) => template === 'sent-back')).toEqual([]);
});
