/** With fewer seats taken than this there is no jury yet: the coordinators decide (programme.md, `jury`). */
export const smallestJury = 2;

/** An interest that a juror declared in an application. */
export interface Interest {
  application: string;
  person: string;
}

/**
 * A recused juror neither reads nor scores: whoever declared an interest in an application – or stands in for somebody who did – is kept
 * from that application (programme.md, "pitch").
 */
export const isRecused = (interests: readonly Interest[], application: string, ...jurors: (string | null)[]): boolean =>
  interests.some((interest) => interest.application === application && jurors.includes(interest.person));

/** A juror who is recused from everything that is heard does not score at all. */
export const mayScore = (interests: readonly Interest[], heard: readonly { id: string }[], juror: string): boolean =>
  heard.some(({ id }) => !isRecused(interests, id, juror));
