import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

const { History: wire } = temporal.api.history.v1;

/** A run's history, as the server tells it. */
export type History = temporal.api.history.v1.IHistory;

// The SDK's own historyToJSON needs one copy of protobufjs in the whole tree, and npm installs three.
const asJson = { longs: String, enums: String, bytes: String };

/** The whole history of a run. */
export const fetchHistory = (client: Client, workflowId: string, runId?: string): Promise<History> =>
  client.workflow.getHandle(workflowId, runId).fetchHistory();

/** Where the replay ring finds what was recorded: `<type>-<case>-<version>.json`. */
export const historiesFolder = join(import.meta.dirname, '../replay/histories');

/**
 * Keeps a history for the replay ring when `RECORD_HISTORIES` names a version: `RECORD_HISTORIES=0.1.0 npm run test:workflows`.
 * Recorded again whenever workflow code changes its commands.
 */
export function recordHistory(type: 'cohort' | 'sweep' | 'watch', name: string, history: History): void {
  const version = process.env.RECORD_HISTORIES;
  if (!version) return;
  // which process on which machine did it is nobody's business
  const json = JSON.stringify(wire.toObject(wire.fromObject(history), asJson)).replaceAll(/\d+@[\w.-]+/g, 'worker');
  writeFileSync(join(historiesFolder, `${type}-${name}-${version}.json`), `${json}\n`);
}

/** Every recorded history, by its file's name. */
export function recordedHistories(): { name: string; type: string; history: History }[] {
  const names = readdirSync(historiesFolder).filter((file) => file.endsWith('.json'));
  return names.map((file) => {
    const history = wire.fromObject(JSON.parse(readFileSync(join(historiesFolder, file), 'utf8')));
    return { name: file.slice(0, -5), type: file.split('-')[0] ?? '', history };
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
