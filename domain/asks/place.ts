import type { AnswerState, AskKind } from '../asks.js';
import type { Calendar, CivilDate } from '../calendar.js';

/** What the mails of an open ask depend on; instants in epoch ms, `endsAt` undefined where it never ends by itself. */
export interface OpenAsk {
  kind: AskKind;
  openedAt: number;
  due: CivilDate;
  endsAt?: number | undefined;
}

/** One person's place in it. */
export interface Place {
  person: string;
  seat: string;
  joined: 'asked' | 'substitute' | 'delegate';
  joinedAt: number;
  closed: AnswerState | null;
  /** Whom they answer for. */
  onBehalfOf?: string | undefined;
}

/** What is known of somebody who may get mail; `unreachableAt`: since when mail to them comes back. */
export interface Known {
  role: string;
  substitute?: string | undefined;
  unreachableAt?: number | undefined;
}

/** What else decides who gets mail about a place. */
export interface Around {
  /** What is known of somebody, by id. */
  known(person: string): Known | undefined;
  /** The edition's people in the order of its file: who is told of a coordinator's silence is the first executive. */
  inOrder: readonly { id: string; role: string }[];
  /** Who was asked from the start or named by somebody: the ladder never turns to them as substitutes. */
  asked: ReadonlySet<string>;
  calendar: Calendar;
}
