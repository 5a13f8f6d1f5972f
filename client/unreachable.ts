const UNREACHABLE = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];
/** A server that is there but lets nobody in: password, database, too many connections, starting or stopping (Postgres' own codes). */
const POSTGRES_CLOSED = ['28P01', '28000', '3D000', '53300', '57P01', '57P02', '57P03'];
/** pg gives this error no code. */
const CUT = /^Connection terminated|^timeout exceeded when trying to connect/;
/** gRPC's UNAVAILABLE and DEADLINE_EXCEEDED. */
const GRPC_UNREACHABLE = [14, 4];

/** Whether an error says that a service cannot be reached, or lets nobody in. */
export function isUnreachable(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (error instanceof Error && CUT.test(error.message)) return true;
  if ([...UNREACHABLE, ...POSTGRES_CLOSED].some((known) => known === code) || GRPC_UNREACHABLE.some((known) => known === code)) return true;
  return isUnreachable(cause, depth + 1) || (Array.isArray(errors) && errors.some((one) => isUnreachable(one, depth + 1)));
}

/** The `code` of an error, such as `ENOENT`; undefined when it has none. */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
