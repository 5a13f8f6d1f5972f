/** A file as it stands, whatever is wrong in it: what is no group, list or entry reads as an empty one. */
import type { Path } from './problems.js';

/** Notes a problem, in both languages. */
export type Add = (path: Path, fr: string, en: string) => void;
/** A group of keys of which nothing is known. */
export type Loose = Record<string, unknown>;
/** A line of a list, and where it stands. */
export type Entry = { path: Path; value: Loose };

/** Whether there are keys in it. */
export const isGroup = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A group of keys, empty where there is none. */
export const group = (value: unknown): Loose => (isGroup(value) ? value : {});
/** A list, empty where there is none. */
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
/** The lines of a list. */
export const entries = (value: unknown, ...path: Path): Entry[] =>
  list(value).map((item, i) => ({ path: [...path, i], value: group(item) }));
