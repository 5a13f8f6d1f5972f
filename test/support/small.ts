import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { calendarOf } from '../../domain/calendar.js';
import type { EditionFile } from '../../domain/edition/schema.js';
import type { Edition } from '../../domain/edition.js';
import { type Lived, type Living, live } from '../../rehearsal/live.js';
import { type Plain, plainApplicants, plainScript } from '../../rehearsal/plain.js';
import { wake } from '../../workflows/messages.js';
import { type Chronicle, chronicle } from './chronicle.js';
import { readSource, setStage } from './theatre.js';

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
  /** Waits until what it has lived satisfies a condition; fails after a deadline, with what it has lived instead. */
  until(condition: (told: Chronicle) => boolean, deadlineMs?: number): Promise<Chronicle>;
  /** Wakes it, as an act does. */
  lookAgain(): Promise<void>;
  /** Waits for its end; answers all it has lived. */
  toTheEnd(deadlineMs?: number): Promise<Chronicle>;
}

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
  const lived = await live(stage, {
    edition,
    source,
    startsAt,
    script,
    ...(meddle && { meddle }),
    ...(skipsTime !== undefined && { skipsTime }),
    ...(continues !== undefined && { continues }),
  });
  const told = () => chronicle(lived.store, edition.id);
  const scene: Scene = {
    ...lived,
    edition,
    told,
    lookAgain: () => lived.client.workflow.getHandle(lived.workflowId).signal(wake),
    async until(condition, deadlineMs = 60_000) {
      for (const began = Date.now(); ; await new Promise((soon) => setTimeout(soon, 50))) {
        const now = await told();
        if (condition(now)) return now;
        if (Date.now() - began > deadlineMs) throw new Error(`not within ${deadlineMs} ms; so far:\n${summary(now)}`);
      }
    },
    async toTheEnd(deadlineMs = 90_000) {
      const late = new Promise<'late'>((tell) => setTimeout(() => tell('late'), deadlineMs).unref());
      if ((await Promise.race([lived.finished(), late])) === 'late')
        throw new Error(`no end within ${deadlineMs} ms:\n${summary(await told())}`);
      return told();
    },
  };
  scenes.push(scene);
  return scene;
}

/** Ends every scene begun in a test file; for its `afterAll`. */
export async function clearStage(): Promise<void> {
  await Promise.all(scenes.splice(0).map((scene) => scene.close()));
  await Promise.all(strikes.splice(0).map((strike) => strike()));
}

/** Applicants who are done within the small edition's week. */
export const promptly = (count: number, edition: Edition) =>
  plainApplicants(count, edition.needs).map((applicant, index) => ({
    ...applicant,
    begins: { afterWorkingDays: 1, time: `10:${String(10 + index)}` },
    submits: { afterWorkingDays: 2, time: `11:${String(10 + index)}` },
  }));

function summary({ asks, incidents, local }: Chronicle): string {
  const last = asks.slice(-12).map((a) => `${a.id} opened ${local(a.openedAt)} due ${a.due} ${a.outcome ?? 'open'} ${a.result ?? ''}`);
  return [...last, ...incidents.map((i) => `${i.scope}: ${i.message}`)].join('\n');
}
