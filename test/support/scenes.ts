import { afterAll, beforeAll } from '@jest/globals';
import { clearStage, play, type Scene, type Small } from './small.js';

/** Plays the scenes of a test file side by side, by name, and ends them after its last test; answers where each is found. */
export function playAll<Name extends string>(scenes: Record<Name, Small>): { on: Partial<Record<Name, Scene>>; scene(name: Name): Scene } {
  const on: Partial<Record<Name, Scene>> = {};
  beforeAll(async () => {
    await Promise.all(Object.entries<Small>(scenes).map(async ([name, small]) => Object.assign(on, { [name]: await play(small) })));
  });
  afterAll(clearStage);
  const scene = (name: Name): Scene => {
    const found = on[name];
    if (found === undefined) throw new Error(`no scene ${name}`);
    return found;
  };
  return { on, scene };
}
