import { createHash } from 'node:crypto';
import type { Db } from './db.js';

/** A frozen document: once written, a version never changes. */
export interface DocumentRow {
  step: string;
  project: string;
  version: number;
  generation: number;
  ask: string;
  author: string;
  title: string;
  body: string;
  hash: string;
  frozen_at: Date;
}

/** The columns of a document `d`. */
export const columns = 'd.step, d.project, d.version, d.generation, d.ask, d.author, d.title, d.body, d.hash, d.frozen_at';

/** Freezes a version of a document, with its fingerprint. */
export async function freezeDocument(
  db: Db,
  edition: string,
  document: Omit<DocumentRow, 'hash' | 'frozen_at'> & { at: number },
): Promise<void> {
  const { step, project, version, generation, ask, author, title, body, at } = document;
  const hash = createHash('sha256').update(`${title}\n${body}`).digest('hex');
  await db.query(
    `insert into document (edition, step, project, version, generation, ask, author, title, body, hash, frozen_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (edition, step, project, generation, version) do nothing`,
    [edition, step, project, version, generation, ask, author, title, body, hash, new Date(at)],
  );
}

/** Frozen documents of a step, or of several, newest first. */
export async function documentsOf(
  db: Db,
  edition: string,
  { step, project }: { step: string | readonly string[]; project: string },
): Promise<DocumentRow[]> {
  const { rows } = await db.query<DocumentRow>(
    `select ${columns} from document d where edition = $1 and step = any($2) and project = $3 order by generation desc, version desc`,
    [edition, [step].flat(), project],
  );
  return rows;
}
