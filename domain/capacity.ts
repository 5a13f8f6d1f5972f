/** How much a worker does at once on a machine: pool, slots, cache and pollers that fit each other (docs/operations.md, "More than one machine"). */

/** What a process may use: cores (parts of one too) and memory. */
export interface Machine {
  cores: number;
  memoryBytes: number;
}

/** What was set by hand; the rest follows from it and from the machine. */
export interface Asked {
  connections?: number | undefined;
  reviews?: number | undefined;
  activities?: number | undefined;
  cachedRuns?: number | undefined;
}

/** What a worker does at once. */
export interface Capacity {
  /** Connections to Postgres, at most. */
  connections: number;
  /** Reviews (local activities), each of which holds a connection for one transaction. */
  reviews: number;
  /** Other activities. They mostly wait, for the turn of a mail or for a server, and hold a connection for a statement or a short transaction. */
  activities: number;
  /** Tasks of workflows: each is open while its review runs, and has ten seconds. Few more than reviews, so that none waits for another's. */
  workflowTasks: number;
  /** Runs kept in memory; another is replayed from its history when it wakes. */
  cachedRuns: number;
  workflowPolls: number;
  activityPolls: number;
}

/** Connections that reviews never take: deliveries, sweep and watch, signs of life, measures. */
export const spareConnections = 8;
/** Of a pool that was set small, at least as many. */
const leastSpare = 4;
/** Tasks that have no review: a signal while one runs, a run that begins. */
const tasksWithout = 4;
/** What a run in memory takes, with room for the garbage of its life, and which part of the memory runs may take. */
const runBytes = 768 * 1024;
const partForRuns = 1 / 4;
const most = { reviews: 20, cachedRuns: 4_000, polls: 10 };
const leastCachedRuns = 50;

/** How many connections so many reviews need at least. */
export const connectionsFor = (reviews: number): number => reviews + leastSpare;

/** The capacity of a worker on a machine. What is asked for by hand is taken as it is. */
export function capacityOf({ cores, memoryBytes }: Machine, asked: Asked = {}): Capacity {
  const able = Math.min(most.reviews, 4 + 2 * Math.max(1, Math.round(cores)));
  const reviews = asked.reviews ?? (asked.connections === undefined ? able : Math.max(1, Math.min(able, asked.connections - leastSpare)));
  const activities = asked.activities ?? 100;
  const room = Math.floor((memoryBytes * partForRuns) / runBytes);
  const cachedRuns = asked.cachedRuns ?? Math.min(most.cachedRuns, Math.max(leastCachedRuns, room));
  const workflowTasks = Math.min(reviews + tasksWithout, cachedRuns);
  return {
    connections: asked.connections ?? reviews + spareConnections,
    reviews,
    activities,
    workflowTasks,
    cachedRuns,
    workflowPolls: Math.min(most.polls, Math.ceil(workflowTasks / 2)),
    activityPolls: Math.min(most.polls, Math.max(1, Math.ceil(activities / 2))),
  };
}
