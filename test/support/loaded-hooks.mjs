// Module hooks that note every file that is imported.
import { appendFileSync } from 'node:fs';

let notes;
export function initialize(data) {
  ({ notes } = data);
}

export async function load(url, context, next) {
  if (url.startsWith('file:')) appendFileSync(notes, `${url}\n`);
  return next(url, context);
}
