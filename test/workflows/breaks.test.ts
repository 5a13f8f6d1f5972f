import { afterAll, expect, test } from '@jest/globals';
import { openIncidents } from '../../store/incidents.js';
import { listMails } from '../../store/outbox.js';
import { breaking } from '../support/faults.js';
import { clearStage, play } from '../support/small.js';

afterAll(clearStage);

/** Whether one of a statement's values has a text in it. */
const says = (values: unknown[] | undefined, text: string) =>
  (values ?? []).some((value) => typeof value === 'string' && value.includes(text));
const untilCallWriting = ({ step }: { step: string }) => (step === 'call-open' ? undefined : { afterWorkingDays: 1, time: '14:30' });

test('a mail that cannot be written costs that mail: it is shown, and the rest leaves', async () => {
  let broken = false;
  const scene = await play({
    when: untilCallWriting,
    meddle: (deps) => ({
      ...deps,
      people: {
        nextAct: async () => (await deps.people?.nextAct()) ?? null,
        actUntil: async (at, edition) => {
          // a language nobody has words for
          if (!broken) await deps.store.pool.query(`update person set locale = 'xx' where id = 'mairie'`);
          broken = true;
          await deps.people?.actUntil(at, edition);
        },
      },
    }),
  });
  const told = await scene.until(({ facts }) => facts.some((fact) => fact.step === 'call-writing'));
  const mails = await listMails(scene.store.pool, scene.edition.id);
  expect(mails.filter((mail) => mail.state === 'failed').map((mail) => mail.person)).toEqual(['mairie', 'mairie']);
  expect(told.sentTo('transports').slice(0, 2)).toEqual(['2026-01-05 09:00 opening interviews/interview', '2026-01-06 14:30 receipt']);
  const incidents = await openIncidents(scene.store.pool, scene.edition.id);
  expect(incidents.map(({ scope }) => scope.split(':')[0])).toEqual(['mail', 'mail']);
});

test('an ask that cannot be opened costs that ask: what runs beside it goes on, and it opens when it can', async () => {
  let mended = false;
  const scene = await play({
    when: ({ kind, step }) => (step === 'eligibility' ? undefined : { afterWorkingDays: kind === 'score' ? 0 : 1, time: '14:30' }),
    meddle: breaking((text, values) => !mended && text.includes('insert into ask (') && says(values, '"kind":"seat"')),
  });
  const relayed = await scene.until(({ asks }) => asks.some((ask) => ask.kind === 'relay' && ask.outcome === 'complete'));
  expect(relayed.asks.some((ask) => ask.kind === 'seat')).toBe(false);
  expect(relayed.incidents).toMatchObject([{ scope: 'small.jury.seat.-.v1.-.g1', message: expect.stringContaining('out of order') }]);
  mended = true;
  const told = await scene.until(({ facts }) => facts.some((fact) => fact.step === 'jury'));
  expect(told.incidents).toEqual([]);
});

test('an outcome that cannot be written down costs its ask: the edition waits for it alone, and loses no answer', async () => {
  let mended = false;
  const scene = await play({
    when: ({ kind, step }) => (step === 'eligibility' ? undefined : { afterWorkingDays: kind === 'score' ? 0 : 1, time: '14:30' }),
    meddle: breaking((text, values) => !mended && text.includes('update ask a set outcome') && says(values, '.seat.')),
  });
  const stuck = await scene.until(({ incidents, facts }) => incidents.length > 0 && facts.some((fact) => fact.step === 'call-open'));
  expect(stuck.asks.find((ask) => ask.kind === 'seat')).toMatchObject({
    outcome: null,
    people: [{ closed: 'answered' }, { closed: 'answered' }],
  });
  mended = true;
  await scene.lookAgain();
  const told = await scene.until(({ facts }) => facts.some((fact) => fact.step === 'jury'));
  expect(told.finished()).toContain('jury 2026-01-12 complete');
  expect(told.incidents).toEqual([]);
});
