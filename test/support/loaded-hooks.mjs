// Module hooks that note every file that is imported, in the file that LOADED names.
import { appendFileSync } from 'node:fs';

export async function load(url, context, next) {
  if (url.startsWith('file:')) appendFileSync(process.env.LOADED, `${url}\n`);
  return next(url, context);
}
