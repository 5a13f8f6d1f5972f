// Where benches live editions: an embedded stack that is thrown away, a database of their own, a file of an edition.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';

const dayMs = 86_400_000;
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Starts a stack that writes as in production (fsync, autovacuum) in a folder that is thrown away, and stops it whatever happens. */
export async function onDurableStack(parts, work) {
  const { startServices } = await import('../../dist/embedded/services.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'troismains-bench-'));
  chmodSync(dataDir, 0o711); // root's Postgres goes through it to its own folder
  try {
    const services = await startServices({ dataDir, parts, temporalInMemory: true });
    try {
      return await work(services);
    } finally {
      await services.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Starts an embedded stack, and stops it whatever happens. */
export async function onStack(parts, work) {
  const { startServices } = await import('../../dist/embedded/services.js');
  const services = await startServices({ ephemeral: true, parts });
  try {
    return await work(services);
  } finally {
    await services.stop();
  }
}

/** An edition from a file, changed first. */
export async function editionFrom(path, change = () => {}) {
  const { readEdition } = await import('../../dist/domain/edition.js');
  const file = parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
  change(file);
  const source = stringify(file);
  const reading = readEdition(source);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return { edition: reading.edition, source };
}

/** So many relays in the file of an edition. */
export const withRelays = (count) => (file) => {
  file.relays = Array.from({ length: count }, (_, n) => ({ id: `relais-${n}`, name: `Relais ${n}`, email: `relais-${n}@reseau.example` }));
};

/**
 * Lives an edition on a stage, as people do, in virtual time, up to a share of its days; `use` has what was lived before it is closed.
 */
export async function lived(stage, { edition, source, share = 1, meddle }, use) {
  const { live } = await import('../../dist/rehearsal/live.js');
  const { personaScript } = await import('../../dist/rehearsal/personas/script.js');
  const { personaSet } = await import('../../dist/rehearsal/personas/read.js');
  const { calendarOf } = await import('../../dist/domain/calendar.js');
  const calendar = calendarOf(edition.territory);
  const startsAt = calendar.instantAt(edition.start, '08:30');
  const days = Math.round((Date.parse(edition.target) - Date.parse(edition.start)) / dayMs);
  const horizon = share === 1 ? undefined : startsAt + Math.round(days * share) * dayMs;
  const life = await live(stage, {
    edition,
    source,
    startsAt,
    script: personaScript(personaSet('realistic'), { edition, seed: 1 }),
    ...(horizon === undefined ? {} : { horizon }),
    ...(meddle === undefined ? {} : { meddle }),
  });
  try {
    const end = await life.finished();
    return await use(life, { end, at: life.stoppedAt() ?? horizon });
  } finally {
    await life.close();
  }
}
