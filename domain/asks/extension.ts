/** An answer, as far as it fills a seat. */
export type Heard = { seat: string; decision: string | null };

/**
 * An extension asks only the silent: a seat that gave its answer in an earlier generation is not asked again (programme.md, "extend").
 * Whoever said no to being asked may think again. It holds for the kinds whose answers add up (`Kind.addsUp`).
 */
export const onlySilent = <S extends { seat: string }>(seats: readonly S[], heard: readonly Heard[]): S[] =>
  seats.filter(({ seat }) => !heard.some((answer) => answer.seat === seat && answer.decision !== 'no'));
