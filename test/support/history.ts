import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { fingerprintOf } from './fingerprint.js';

const { History: wire } = temporal.api.history.v1;

/** A run's history, as the server tells it. */
export type History = temporal.api.history.v1.IHistory;

// The SDK's own historyToJSON needs one copy of protobufjs in the whole tree, and npm installs three.
const asJson = { longs: String, enums: String, bytes: String };

/** The whole history of a run. */
export const fetchHistory = (client: Client, workflowId: string, runId?: string): Promise<History> =>
  client.workflow.getHandle(workflowId, runId).fetchHistory();

/** Where the replay ring finds what was recorded: `<type>-<case>-<version>.json`, and beside it the fingerprint of the code that did it. */
export const historiesFolder = join(import.meta.dirname, '../replay/histories');

/**
 * Keeps a history for the replay ring when `RECORD_HISTORIES` names a version: `RECORD_HISTORIES=0.1.0 npm run test:workflows -- --all`.
 * Recorded again whenever workflow code changes: `replay.test.ts` and `gate.ts` say when.
 */
export function recordHistory(type: 'cohort' | 'signin' | 'sweep' | 'watch', name: string, history: History): void {
  const version = process.env.RECORD_HISTORIES;
  if (!version) return;
  // which process on which machine did it is nobody's business
  const json = JSON.stringify(wire.toObject(wire.fromObject(history), asJson)).replaceAll(/\d+@[\w.-]+/g, 'worker');
  const path = join(historiesFolder, `${type}-${name}-${version}`);
  writeFileSync(`${path}.json`, `${json.replaceAll(join(import.meta.dirname, '../../'), '')}\n`); // no path of the machine that recorded it
  writeFileSync(`${path}.fingerprint`, `${fingerprintOf(join(import.meta.dirname, '../..'), type)}\n`);
}

/** A recorded history: its file's name, and what it is made of. */
export interface RecordedHistory {
  name: string;
  type: string;
  /** The release that recorded it. */
  version: string;
  /** Of the workflow code that did it (`fingerprintOf`); empty when it was not kept. */
  fingerprint: string;
  history: History;
}

/** Every recorded history, by its file's name. */
export function recordedHistories(): RecordedHistory[] {
  const names = readdirSync(historiesFolder).filter((file) => file.endsWith('.json'));
  return names.map((file) => {
    const name = file.slice(0, -5);
    const kept = join(historiesFolder, `${name}.fingerprint`);
    return {
      name,
      type: name.split('-')[0] ?? '',
      version: /-(\d+\.\d+\.\d+.*)$/.exec(name)?.[1] ?? '',
      fingerprint: existsSync(kept) ? readFileSync(kept, 'utf8').trim() : '',
      history: wire.fromObject(JSON.parse(readFileSync(join(historiesFolder, file), 'utf8'))),
    };
  });
}

/** Every text in something decoded from the wire: strings, and bytes read as text (payloads, markers, headers). */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

/** Which names and addresses a history holds: all of them should be a surprise. */
export function namesIn(history: History, people: readonly { name: string; email: string }[]): string[] {
  const all = textsIn(history).join('\n');
  const lower = all.toLowerCase();
  return people.flatMap(({ name, email }) => [
    ...(all.includes(name) ? [name] : []),
    ...(lower.includes(email.toLowerCase()) ? [email] : []),
  ]);
}
