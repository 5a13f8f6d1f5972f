import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineSignal } from '@temporalio/workflow';

/** The one signal: something became true in the database. No payload: lost, doubled or early, it changes nothing. */
export const wake = defineSignal('wake');

/** What starts, restarts or continues an edition's workflow. */
export interface CohortInput {
  edition: string;
  /** Fences runs: what carries an older epoch than the edition's row does nothing. */
  epoch: number;
  /** Business clock minus workflow clock, in milliseconds; 0 in production. */
  clockOffsetMs: number;
  /** Whether the run may continue as new; never in skipped time, where the two do not mix. */
  continues: boolean;
}

/** The id of an edition's workflow. */
export const cohortWorkflowId = (edition: string): string => `cohort-${edition}`;

/** The edition of a workflow's id; undefined if it is no edition's. */
export const editionOf = (workflowId: string): string | undefined => (workflowId.startsWith('cohort-') ? workflowId.slice(7) : undefined);

/** What a schedule keeps going. */
export type Scheduled = 'sweep' | 'watch';

/** The id of a schedule, and of its runs: `troismains-sweep` on the usual task queue. */
export const scheduleId = (what: Scheduled, taskQueue: string): string => `${taskQueue}-${what}`;

/** What editions can be searched by: ids, roles and dates, never a name or an address. */
export const searchAttributes = {
  territory: defineSearchAttributeKey('Territory', SearchAttributeType.KEYWORD),
  edition: defineSearchAttributeKey('Edition', SearchAttributeType.KEYWORD),
  phase: defineSearchAttributeKey('Phase', SearchAttributeType.KEYWORD),
  waitingOn: defineSearchAttributeKey('WaitingOn', SearchAttributeType.KEYWORD_LIST),
  dueAt: defineSearchAttributeKey('DueAt', SearchAttributeType.DATETIME),
};
