import { afterAll, expect, jest, test } from '@jest/globals';
import { calendarOf } from '../../domain/calendar.js';
import { lastDigest } from '../../domain/digest.js';
import { until } from '../../embedded/processes.js';
import { fetchHistory } from '../support/history.js';
import { clearStage, play } from '../support/small.js';

jest.setTimeout(450_000);
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
    // nobody applies and the jury answers at once: what history holds of these weeks is the relays' ask
    applicants: [],
    when: ({ kind }) => (kind === 'relay' ? undefined : { afterWorkingDays: kind === 'seat' ? 0 : 1, time: '14:30' }),
  });
  const { pool } = scene.store;
  const relay = await until(
    400_000,
    async () => {
      const { rows } = await pool.query<{ opened_at: Date; closed_at: Date; outcome: string }>(
        `select opened_at, closed_at, outcome from ask where kind = 'relay' and outcome is not null`,
      );
      return rows[0];
    },
    () => new Error('the call never closed'),
  );

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
  const jury = (await pool.query<{ closed_at: Date }>(`select closed_at from ask where kind = 'seat'`)).rows[0]?.closed_at.getTime() ?? 0;
  const ofTheJury = (instant: number) => Math.abs(instant - jury) < 2000; // its ask runs beside, and its answer costs its own events
  const { rows: claims } = await pool.query<{ at: Date }>(
    `select distinct r.claimed_at as at from rung r join ask a on a.id = r.ask where a.kind = 'relay'`,
  );
  const near = (instant: number, other: number) => Math.abs(instant - other) < 2000;
  const { territory } = scene.edition;
  // looked at each Monday for the digest, whatever is asked: a look at which the relays are reminded too is theirs
  const ofTheDigest = (instant: number) =>
    near(instant, lastDigest(instant + 2000, calendarOf(territory))) && !claims.some((claim) => near(instant, claim.at.getTime()));
  const during = (history.events ?? [])
    .map(at)
    .filter(
      (instant) =>
        instant >= relay.opened_at.getTime() - 1000 && instant < relay.closed_at.getTime() && !ofTheJury(instant) && !ofTheDigest(instant),
    );
  expect(during.length).toBeGreaterThan(40);
  expect(during.length).toBeLessThanOrEqual(120);
});
