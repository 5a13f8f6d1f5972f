import { verifyChain } from '../../store/chain.js';
import { untoldOf } from '../../store/untold.js';
import type { Scene } from './small.js';
import { wordsIn, wordsOf } from './words.js';

/**
 * What is wrong with a life, however it went, a line each: what its journal does not tell or tells twice, what people wrote that stands in it, a
 * guarantee that was broken, an incident.
 */
export async function faultsOf({ store, edition, told }: Scene): Promise<string[]> {
  const untold = await untoldOf(store.pool, edition.id);
  const { ok } = await verifyChain(store.pool, edition.id);
  const { journal, guarantees, incidents } = await told();
  return [
    ...untold.map((line) => `not told once: ${JSON.stringify(line)}`),
    ...(ok ? [] : ['the journal’s chain does not verify']),
    ...wordsIn(journal, await wordsOf(store, edition.id)).map((word) => `in the journal: ${word}`),
    ...guarantees.flatMap(({ name, violations }) => violations.map((violation) => `${name}: ${violation}`)),
    ...incidents.map(({ scope, message }) => `${scope}: ${message}`),
  ];
}
