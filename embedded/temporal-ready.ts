import { connect } from 'node:net';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { until } from './processes.js';
import { SEARCH_ATTRIBUTES } from './temporal-config.js';

const { IndexedValueType } = proto.temporal.api.enums.v1;

const TYPES = {
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KeywordList: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
} as const;

const GRPC = { notFound: 5, alreadyExists: 6 };

const codeOf = (error: unknown) => (error && typeof error === 'object' && 'code' in error ? error.code : undefined);

/**
 * Makes sure that a server really serves: registers the namespace (kept thirty days) and the search attributes where they are missing,
 * then waits until its history, matching and visibility services each answer. `gone` tells that waiting is in vain.
 */
export async function makeReady(options: { address: string; namespace: string; gone(): boolean; why(): Error }): Promise<void> {
  const { address, namespace, gone, why } = options;
  const attempt = async (act: () => Promise<unknown>): Promise<true | undefined> => {
    if (gone()) throw why();
    return act().then(
      () => true,
      () => undefined,
    );
  };
  // a client that finds nobody there looks again after a second only
  await until(60_000, () => attempt(() => knock(address)), why);
  let connection: Connection | undefined;
  await until(
    60_000,
    () =>
      attempt(async () => {
        // We ask again ourselves: what is tried again inside would outlive a server that has ended.
        connection = await Connection.connect({ address, connectTimeout: 1_000, interceptors: [] });
      }),
    why,
  );
  if (!connection) throw why();
  const { workflowService, operatorService } = connection;
  const register = () =>
    workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('30 days') }).catch((error: unknown) => {
      if (codeOf(error) !== GRPC.alreadyExists) throw error;
    });
  const addAttributes = async () => {
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
    const missing = Object.entries(SEARCH_ATTRIBUTES).filter(([name]) => !(name in customAttributes));
    if (missing.length === 0) return;
    const searchAttributes = Object.fromEntries(missing.map(([name, type]) => [name, TYPES[type]]));
    await operatorService.addSearchAttributes({ namespace, searchAttributes });
  };
  const query = Object.entries(SEARCH_ATTRIBUTES)
    .map(([name, type]) => (type === 'Datetime' ? `${name} > "2000-01-01T00:00:00Z"` : `${name} = "-"`))
    .join(' AND ');
  const serves = async () => {
    await workflowService.listWorkflowExecutions({ namespace, query, pageSize: 1 });
    await workflowService.describeTaskQueue({ namespace, taskQueue: { name: 'ready' } });
    await workflowService.describeWorkflowExecution({ namespace, execution: { workflowId: 'ready' } }).catch((error: unknown) => {
      if (codeOf(error) !== GRPC.notFound) throw error;
    });
  };
  try {
    for (const step of [register, addAttributes, serves]) await until(60_000, () => attempt(step), why);
  } finally {
    await connection.close();
  }
}

/** Finds somebody listening at `host:port`; rejects when there is nobody. */
function knock(address: string): Promise<void> {
  const { hostname: host, port } = new URL(`tcp://${address}`);
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port) }, () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
