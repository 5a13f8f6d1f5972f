/** The style sheet and the two scripts, served under a name that changes with their content. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { autosave } from './autosave.js';
import { conditions } from './conditions.js';
import { freshen } from './freshen.js';

/** A file that pages load: its address, its type, its content. */
export interface Asset {
  path: string;
  type: string;
  body: string;
}

const asset = (name: string, extension: 'css' | 'js', type: string, body: string): Asset => ({
  path: `/assets/${name}-${createHash('sha256').update(body).digest('hex').slice(0, 12)}.${extension}`,
  type: `${type}; charset=utf-8`,
  body,
});

/** The style sheet (`style.css`, next to this file in the sources and in the build). */
export const style = asset('style', 'css', 'text/css', readFileSync(new URL('./style.css', import.meta.url), 'utf8'));
/** Keeps what is typed while it is typed, and hides what is not asked; pages work without it. */
export const script = asset('form', 'js', 'text/javascript', `${autosave}${conditions}`);
/** Shows what is new on a page that is open; pages work without it. */
export const freshening = asset('freshen', 'js', 'text/javascript', freshen);
/** All of them. */
export const assets: readonly Asset[] = [style, script, freshening];
