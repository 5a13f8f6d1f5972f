/** What came back: a failure because the address does not work, any other failure, or word that the mail is late. */
export type BounceKind = 'hard' | 'soft' | 'delayed';

/** So many different mails that come back because the address does not work, and its person cannot be reached (decision 0012). */
export const hardBouncesToUnreachable = 2;
