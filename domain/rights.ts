/** What each right may, in one table, asked by one function: for pages, acts, the API and the command line (console.md, "Rights"). */

/** Rights: of the installation (`admin`), or of a territory or one edition. */
export const RIGHTS = ['admin', 'coordinator', 'reader'] as const;
export type Right = (typeof RIGHTS)[number];

/** Every territory: for whoever tries things out on their own machine. */
export const everyTerritory = '*';

/** A right that somebody holds; `admin` names neither territory nor edition, the others one of them. */
export interface Held {
  right: Right;
  territory?: string;
  edition?: string;
}

/** Where something is done; `edition`: left out for one that is not there yet. */
export interface Where {
  edition?: string;
  territory: string;
}

/** What can be done, and which rights may. An admin keeps the installation in order, and reads nothing of a programme. */
export const DEEDS = {
  /** What stands still, anywhere, and whether the installation has what it needs. */
  'alerts.see': ['admin'],
  /** Accounts and their rights. */
  accounts: ['admin'],
  /** Erasing somebody. */
  erasure: ['admin'],
  /** An edition that is not there yet: of their territory. */
  'edition.start': ['coordinator'],
  /** That there is such an edition: its plan, who is awaited, its projects, its journal without reasons. */
  'edition.see': ['coordinator', 'reader'],
  /** Its run, what fails in it, and bringing it back in line. */
  'edition.engine': ['admin'],
  /** What is done to it by hand: its asks, mails, applications, calendars, its end. */
  'edition.act': ['coordinator'],
  /** Addresses, and acts on people. */
  'edition.people': ['coordinator'],
  /** What was mailed, and to whom. */
  'edition.mails': ['coordinator'],
  /** What people answered, but marks and ties, which are nobody's before the close. */
  'edition.answers': ['coordinator'],
  /** Why coordinators did what they did. */
  'edition.reasons': ['coordinator'],
  /** All of it as one document. */
  'edition.document': ['coordinator'],
} as const satisfies Record<string, readonly Right[]>;
export type Deed = keyof typeof DEEDS;

/** Whether rights allow a deed; `where`: in which edition, for what is done in one. */
export const may = (held: readonly Held[], deed: Deed, where?: Where): boolean =>
  held.some((one) => {
    const rights: readonly Right[] = DEEDS[deed];
    if (!rights.includes(one.right)) return false;
    if (one.right === 'admin') return true;
    if (where === undefined) return false;
    if (one.edition !== undefined) return one.edition === where.edition;
    return one.territory === where.territory || one.territory === everyTerritory;
  });

/** In which editions rights allow something: in all of them, in those of some territories, in some. */
export interface Scope {
  everywhere: boolean;
  territories: string[];
  editions: string[];
}

/** Where rights allow any of some deeds: for what is looked for in every edition at once. */
export function scopeOf(held: readonly Held[], deeds: readonly Deed[]): Scope {
  const theirs = held.filter(({ right }) => deeds.some((deed) => (DEEDS[deed] as readonly Right[]).includes(right)));
  return {
    everywhere: theirs.some(
      ({ right, territory, edition }) => right === 'admin' || (edition === undefined && territory === everyTerritory),
    ),
    territories: theirs.flatMap(({ territory, edition }) => (edition === undefined && territory !== undefined ? [territory] : [])),
    editions: theirs.flatMap(({ edition }) => (edition === undefined ? [] : [edition])),
  };
}

/** Whether an edition exists for somebody: what they may neither see nor keep in order does not. */
export const isVisible = (held: readonly Held[], where: Where): boolean =>
  may(held, 'edition.see', where) || may(held, 'edition.engine', where);
