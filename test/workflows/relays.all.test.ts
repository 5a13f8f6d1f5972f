import { afterAll, expect, test } from '@jest/globals';
import { calendarOf, dayNumber, weekdayOf } from '../../domain/calendar.js';
import { fetchHistory } from '../support/history.js';
import { clearStage, play } from '../support/small.js';
import { until } from '../support/waiting.js';

afterAll(clearStage);

const relays = 10_000;

test('an ask to ten thousand relays costs at most 120 history events for its opening and three reminders', async () => {
  const scene = await play({
    change: (file) => {
      file.relays = Array.from({ length: relays }, (_, n) => ({
        id: `relais-${n}`,
        name: `Relais ${n}`,
        email: `relais-${n}@reseau.example`,
      }));
      file.plan = { ...file.plan, 'call-open': '4w' };
    },
    // what is counted here is mails and events: how mails are worded, and how fast, is held elsewhere
    meddle: (deps) => ({ ...deps, write: async ({ template }) => ({ subject: template, bytes: Buffer.from(template) }) }),
    // nobody applies, and the jury answers on a day on which nothing is said to the relays
    applicants: [],
    when: ({ kind }) => (kind === 'relay' ? undefined : { afterWorkingDays: 1, time: '14:30' }),
  });
  const { pool } = scene.store;
  const relay = await until('the call never closed', async () => {
    const { rows } = await pool.query<{ opened_at: Date; closed_at: Date; outcome: string }>(
      `select opened_at, closed_at, outcome from ask where kind = 'relay' and outcome is not null`,
    );
    return rows[0];
  });

  const { rows } = await pool.query<{ rung: string; sent: number }>(
    `select r.rung, count(*) filter (where o.state = 'accepted') as sent from rung r join ask a on a.id = r.ask left join outbox o on o.id = r.outbox
     where a.kind = 'relay' group by r.rung order by r.rung`,
  );
  expect(Object.fromEntries(rows.map(({ rung, sent }) => [rung, sent]))).toEqual({
    opening: relays,
    'before-5': relays,
    'before-2': relays,
    due: relays,
  });

  expect(relay.outcome).toBe('none');
  const history = await fetchHistory(scene.client, scene.workflowId);
  const offset = (await pool.query<{ clock_offset_ms: number }>('select clock_offset_ms from edition')).rows[0]?.clock_offset_ms ?? 0;
  const at = (event: { eventTime?: { seconds?: unknown } | null }) => Number(event.eventTime?.seconds) * 1000 + offset;
  const calendar = calendarOf(scene.edition.territory);
  const day = (instant: number) => calendar.dateOf(instant);
  const { rows: claims } = await pool.query<{ at: Date }>(
    `select distinct r.claimed_at as at from rung r join ask a on a.id = r.ask where a.kind = 'relay'`,
  );
  const { rows: seats } = await pool.query<{ closed: Date }>(`select closed_at as closed from ask where kind = 'seat'`);
  const ofTheRelays = new Set(
    [relay.opened_at, relay.closed_at, ...claims.map((claim) => claim.at)].map((instant) => day(instant.getTime())),
  );
  const answered = seats.map((seat) => day(seat.closed.getTime()));
  expect(answered.length).toBeGreaterThan(0);
  expect(answered.filter((one) => ofTheRelays.has(one))).toEqual([]);
  // whole days, so that how fast this machine is changes nothing: on the others nothing happens but the jury's answer, and a look for the digest
  const during = (history.events ?? [])
    .map(at)
    .filter((instant) => instant >= relay.opened_at.getTime() - 1000 && instant < relay.closed_at.getTime());
  const others = new Set(during.map(day).filter((one) => !ofTheRelays.has(one)));
  expect([...others].filter((one) => !answered.includes(one) && weekdayOf(dayNumber(one)) !== 'monday')).toEqual([]);
  const theirs = during.filter((instant) => ofTheRelays.has(day(instant)));
  expect(theirs.length).toBeGreaterThan(40);
  expect(theirs.length).toBeLessThanOrEqual(120);
});
