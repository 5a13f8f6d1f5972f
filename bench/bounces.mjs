// How many of the messages of a folder are read as what: to hold the reading of bounces against a corpus, which stays where it is.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ignored = { 'auto-reply': 'absence', 'read-receipt': 'receipt', delivered: 'receipt' };
const kindOf = (reading) => (reading.is === 'bounce' ? reading.kind : reading.is === 'ignored' ? ignored[reading.why] : reading.is);

/** Reads every file of a folder, one message each: its name → `{ kind, status? }`, and how many there are of each kind. */
export async function bench(args) {
  const folder = args.find((arg) => !arg.startsWith('-'));
  if (folder === undefined) return { problem: 'bounces FOLDER: name a folder of messages, one in each file' };
  const names = filesOf(folder);
  if (names === undefined) return { problem: `${folder} cannot be read: name a folder of messages, one in each file` };
  const { readReturned } = await import('../dist/mail/bounces/read.js');
  const document = {};
  for (const name of names) {
    const { reading } = await readReturned(readFileSync(join(folder, name)));
    document[name] = { kind: kindOf(reading), ...(reading.status ? { status: reading.status } : {}) };
  }
  const kinds = ['hard', 'soft', 'delayed', 'absence', 'receipt', 'feedback', 'not-understood'];
  const count = (kind) => Object.values(document).filter((one) => one.kind === kind).length;
  return { document, lines: kinds.map((kind) => `${kind.padEnd(16)}${String(count(kind)).padStart(6)}`) };
}

function filesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();
  } catch {
    return undefined;
  }
}
