import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { calendarOf } from '../../domain/calendar.js';
import type { EditionFile } from '../../domain/edition/schema.js';
import type { Edition } from '../../domain/edition.js';
import { type Lived, type Living, live } from '../../rehearsal/live.js';
import { type Plain, plainApplicants, plainScript } from '../../rehearsal/plain.js';
import type { Store } from '../../store/db.js';
import { wake } from '../../workflows/messages.js';
import { type Chronicle, chronicle } from './chronicle.js';
import { closeCompany, hireCompany } from './company.js';
import { readSource } from './source.js';
import { engineSaid, setStage } from './theatre.js';
import { until } from './waiting.js';

/** An edition file as written, to be changed before it is read. */
export type File = EditionFile;

/** The small edition, after a change. */
export function smallEdition(change: (file: File) => void = () => {}): { edition: Edition; source: string } {
  const file: File = parse(readFileSync(join(import.meta.dirname, '../workflows/fixtures/small.yaml'), 'utf8'));
  change(file);
  return readSource(stringify(file));
}

/** How a small edition is lived: what differs from plain people and from the plain file. */
export type Small = Plain & Pick<Living, 'meddle' | 'skipsTime' | 'continues'> & { change?: (file: File) => void; at?: string };

/** A small edition being lived, and what a test asks of it. */
export interface Scene extends Lived {
  edition: Edition;
  /** What it has lived so far. */
  told(): Promise<Chronicle>;
  /** Waits until what it has lived satisfies a condition; fails when nothing moves in it any more, with what it has lived instead. */
  until(condition: (told: Chronicle) => boolean): Promise<Chronicle>;
  /** Wakes it, as an act does. */
  lookAgain(): Promise<void>;
  /** Waits for its end; answers all it has lived. */
  toTheEnd(): Promise<Chronicle>;
}

/** The small edition is over after 176 days. What waits for somebody who never answers is left then: virtual time would not end. */
const overAfterMs = 200 * 86_400_000;

const scenes: Scene[] = [];
const strikes: (() => Promise<void>)[] = [];

/** Starts a small edition on a stage of its own, on its first morning. Plain people answer the next working day. */
export async function play({ change, at = '08:30', meddle, skipsTime, continues, ...plain }: Small = {}): Promise<Scene> {
  const { edition, source } = smallEdition(change);
  const stage = await setStage();
  strikes.push(stage.strike);
  const script = plainScript({
    when: ({ kind }) => ({ afterWorkingDays: kind === 'score' ? 0 : 1, time: '14:30' }),
    applicants: promptly(2, edition),
    ...plain,
  });
  const startsAt = calendarOf(edition.territory).instantAt(edition.start, at);
  const lived = await live(
    { ...stage, hire: hireCompany },
    {
      edition,
      source,
      startsAt,
      script,
      ...(meddle && { meddle }),
      ...(skipsTime === false ? { skipsTime } : { horizon: startsAt + overAfterMs }),
      ...(continues !== undefined && { continues }),
    },
  );
  const told = () => chronicle(lived.store, edition.id);
  const finished = lived.finished();
  finished.catch(() => undefined); // told to whoever waits for it
  const waiting = <T>(failure: string, so: () => Promise<T | undefined | false> | T | undefined | false) =>
    until(failure, so, () => movement(lived.store)).catch(async (error: Error) => {
      throw new Error(`${error.message}\n${summary(await told())}`, { cause: error });
    });
  const scene: Scene = {
    ...lived,
    finished: () => finished,
    edition,
    told,
    lookAgain: () => lived.client.workflow.getHandle(lived.workflowId).signal(wake),
    async until(condition) {
      let seen = '';
      return waiting('it did not come to what is waited for', async () => {
        const before = await movement(lived.store);
        if (before === seen) return undefined; // what was lived is long to read, and the same
        const now = await told();
        seen = before;
        return condition(now) && now;
      });
    },
    async toTheEnd() {
      let end: string | undefined;
      const ended = finished.then((how) => {
        end = how;
      });
      await Promise.race([ended, waiting('it did not come to its end', () => end)]);
      if (end === 'horizon') throw new Error(`no end within 200 days:\n${summary(await told())}`);
      return told();
    },
  };
  scenes.push(scene);
  return scene;
}

/** Ends every scene begun in a test file; for its `afterAll`. */
export async function clearStage(): Promise<void> {
  const closed = await Promise.allSettled(scenes.splice(0).map((scene) => scene.close()));
  await closeCompany();
  const struck = await Promise.allSettled(strikes.splice(0).map((strike) => strike()));
  for (const one of [...closed, ...struck]) if (one.status === 'rejected') throw one.reason;
}

/** Applicants who are done within the small edition's week. */
export const promptly = (count: number, edition: Edition) =>
  plainApplicants(count, edition.needs).map((applicant, index) => ({
    ...applicant,
    begins: { afterWorkingDays: 1, time: `10:${String(10 + index)}` },
    submits: { afterWorkingDays: 2, time: `11:${String(10 + index)}` },
  }));

/** What a life has moved so far, in a line: the same as long as nothing was looked at, asked, answered, sent or broken in it. */
export async function movement({ pool }: Pick<Store, 'pool'>): Promise<string> {
  const { rows } = await pool.query<{ moved: string }>(
    `select concat_ws(', ', 'looked at ' || (select max(last_at) from edition), (select count(*) from audit) || ' entries',
       (select count(*) from ask) || ' asks', (select count(*) from ask_person where closed is not null) || ' places closed',
       (select count(*) from outbox where state = 'accepted') || ' of ' || (select count(*) from outbox) || ' mails',
       (select coalesce(sum(times), 0) || ' failures, ' || count(resolved_at) || ' mended' from incident)) as moved`,
  );
  return rows[0]?.moved ?? '';
}

function summary({ asks, incidents, local }: Chronicle): string {
  const last = asks.slice(-12).map((a) => `${a.id} opened ${local(a.openedAt)} due ${a.due} ${a.outcome ?? 'open'} ${a.result ?? ''}`);
  return [...last, ...incidents.map((i) => `${i.scope}: ${i.message}`), ...engineSaid.slice(-3)].join('\n');
}
