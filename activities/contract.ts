import type { AskSpec, Settled } from '../domain/asks.js';
import type { FactSpec, Outline, Recorded, Standing } from '../domain/facts.js';

/** What every activity of an edition carries: whose run this is (a stale epoch does nothing), and the business instant. */
export interface Fenced {
  edition: string;
  epoch: number;
  /** Business instant, epoch ms. */
  at: number;
}

/** What a story waits for, and what went wrong in it. */
export interface ReviewRequest extends Fenced {
  asks: AskSpec[];
  facts: FactSpec[];
  /** Failures of stories since the last review; without a message, one that is run again. */
  incidents: { scope: string; message?: string }[];
  /** How often somebody had gone back to a step when its stories began; left out, never. */
  back?: number;
}

/** What is true now: outcomes of all awaited asks and facts that have one – settled now or earlier – and when to look again. */
export interface ReviewResult {
  /** A newer run has taken over: this one ends. */
  stale: boolean;
  /** Somebody went back to a step: the stories begin again from the top. */
  again?: boolean;
  /** The edition is over, by its own story or by hand: nothing more opens, and what mail is queued is all there will be. */
  ended: boolean;
  settled: Settled[];
  recorded: Recorded[];
  /** Business instant at which to look again, epoch ms; null: only a wake can change something. */
  wakeAt: number | null;
  /** Mail is queued and due. */
  mail: boolean;
  /** How far a shifted clock is from ours now. */
  clockOffsetMs?: number;
  standing: Standing;
}

/** What a delivery did. `more`: mail is still due; `nextAt`: business instant of the next retry. */
export interface DeliveryResult {
  sent: number;
  more: boolean;
  nextAt: number | null;
  clockOffsetMs?: number;
}

/** What the workflow of an edition may do. */
export interface CohortActivities {
  openCohort(input: Fenced): Promise<Outline | null>;
  reviewEdition(input: ReviewRequest): Promise<ReviewResult>;
  deliver(input: Fenced): Promise<DeliveryResult>;
}

/** What the sweep may do. */
export interface SweepActivities {
  /** Signals the editions whose wake was lost and delivers mail that stalled; says how many of each. */
  sweep(): Promise<{ woken: number; delivered: number }>;
}

/** What mailing a link into the console may do. */
export interface SignInActivities {
  mailSignIn(input: { id: string }): Promise<void>;
}

/** What the watch may do. */
export interface WatchActivities {
  /** Looks whether something stands still, and tells the admins; says how many things do, and how many were told of. */
  watch(): Promise<{ open: number; told: number }>;
}
