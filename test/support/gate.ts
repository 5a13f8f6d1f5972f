/** When a change of workflow code may be taken: docs/changing-workflows.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fingerprintOf } from './fingerprint.js';
import { historiesFolder, type RecordedHistory } from './history.js';

const record = 'RECORD_HISTORIES=<version> npm run test:workflows -- --all';

/** A release whose runs of one workflow this one cannot carry on, and why that was accepted. */
export type Incompatible = z.output<typeof incompatible>[number];
const incompatible = z.array(z.object({ workflow: z.string(), version: z.string(), why: z.string().min(10) }));

/** What was declared incompatible, in `histories/../incompatible.json`. */
export const declaredIncompatible = (): Incompatible[] =>
  incompatible.parse(JSON.parse(readFileSync(join(historiesFolder, '../incompatible.json'), 'utf8')));

/** What must be done before code may be taken with which some recorded histories do not replay (`broken`: their names); empty when all is well. */
export function unreplayable(
  recorded: readonly Omit<RecordedHistory, 'history' | 'fingerprint'>[],
  broken: ReadonlySet<string>,
  declared: readonly Incompatible[],
): string[] {
  const isDeclared = ({ type, version }: { type: string; version: string }) =>
    declared.some((one) => one.workflow === type && one.version === version);
  const undeclared = recorded.filter((one) => broken.has(one.name) && !isDeclared(one));
  const untrue = declared.filter(
    ({ workflow, version }) => !recorded.some(({ name, ...one }) => one.type === workflow && one.version === version && broken.has(name)),
  );
  return [
    ...undeclared.map(
      ({ name, type, version }) =>
        `${name} does not replay any more. Either keep what ${type} did as it was, or declare { "workflow": "${type}", "version": "${version}", "why": … } in test/replay/incompatible.json, record the new histories (${record}) and put a line marked **deploy** in CHANGELOG.md.`,
    ),
    ...untrue.map(({ workflow, version }) => `test/replay/incompatible.json declares ${workflow} ${version}, which replays: take it out.`),
  ];
}

/** Which workflows have code of which no history was recorded, and what to run; empty when all is well. */
export function unrecorded(
  root: string,
  types: readonly string[],
  recorded: readonly Pick<RecordedHistory, 'type' | 'fingerprint'>[],
): string[] {
  return types
    .filter((type) => !recorded.some((one) => one.type === type && one.fingerprint === fingerprintOf(root, type)))
    .map(
      (type) => `The code of ${type} has changed, and no history of it was recorded since: ${record}, then commit test/replay/histories.`,
    );
}
