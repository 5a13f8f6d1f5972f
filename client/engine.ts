import { createRequire } from 'node:module';
import type { Client } from '@temporalio/client';
import type { TemporalConfig } from '../config.js';

/** The engine's client, loaded and made when it is first asked for: it is half of all that a command loads, and most only read the database. */
export interface Engine {
  readonly client: Client;
  close(): Promise<void>;
}

/** Opens nothing yet. The client connects with its first call. */
export function openEngine({ connection: options, namespace }: TemporalConfig): Engine {
  let made: Client | undefined;
  const make = (): Client => {
    const sdk: typeof import('@temporalio/client') = createRequire(import.meta.url)('@temporalio/client');
    return new sdk.Client({ connection: sdk.Connection.lazy({ ...options, connectTimeout: '5 seconds' }), namespace });
  };
  return {
    get client() {
      made ??= make();
      return made;
    },
    close: async () => made?.connection.close(),
  };
}

/** The engine knows no such run. */
export const isWorkflowNotFound = (error: unknown): boolean => error instanceof Error && error.name === 'WorkflowNotFoundError';
