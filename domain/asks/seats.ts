import type { AnswerState } from '../asks.js';
import type { PersonId } from '../edition.js';

/** One seat is filled by the first answer of those who hold it; an ask is complete when every seat is filled. */
export type Seating = 'each' | 'one-for-all' | 'by-group';

/** A person, and the seat they are asked on. */
export interface Seat {
  person: PersonId;
  seat: string;
}

/** One seat each, the same person once. */
export const each = (people: readonly PersonId[]): Seat[] => [...new Set(people)].map((person) => ({ person, seat: person }));

/** One seat for all: the first answer counts. */
export const together = (people: readonly PersonId[], seat: string): Seat[] => people.map((person) => ({ person, seat }));

/** One person's place in an ask, as settling sees it. */
export interface Holder {
  person: string;
  seat: string;
  closed: AnswerState | null;
  /** For `approve`: the decision given. */
  decision?: string | undefined;
}

/** The seats that have an answer. */
export function filledSeats(holders: readonly Pick<Holder, 'seat' | 'closed'>[]): Set<string> {
  return new Set(holders.filter((h) => h.closed === 'answered' || h.closed === 'declined').map((h) => h.seat));
}
