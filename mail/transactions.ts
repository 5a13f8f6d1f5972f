/**
 * Which mails were begun: read off nodemailer's log, the only place that tells (architecture.md, "Mail").
 *
 * With `transactionLog` every command is an entry. The pool says which message it hands to a connection (`tnx: send`, `messageId`), and in
 * the same breath that connection writes `MAIL FROM` under its own id (`sid`): that ties the two. `DATA` alone would say too much, since a
 * server that offers PIPELINING gets it in one batch with `MAIL FROM`: what counts is that the server answered it by 3xx, after which
 * the message flows, or that the final dot was written (`tnx: message`).
 */
export interface Transactions {
  logger: Record<'level' | 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal', (...entry: unknown[]) => void>;
  /** Whether the server may hold the message of this attempt, whole. */
  dataWasSent(messageId: string): boolean;
  forget(messageId: string): void;
}

/** Starts with an empty log. One for one pool. */
export function watchTransactions(): Transactions {
  let handed: string | undefined;
  const attempts = new Map<string, { messageId: string; dataAsked: boolean }>();
  const begun = new Set<string>();

  function note(entry: unknown, ...words: unknown[]): void {
    if (typeof entry !== 'object' || entry === null) return;
    const { tnx, sid, messageId } = entry as { tnx?: unknown; sid?: unknown; messageId?: unknown };
    if (tnx === 'send' && typeof messageId === 'string') {
      handed = messageId;
      return;
    }
    if (typeof sid !== 'string') return;
    const line = typeof words[0] === 'string' ? words[0] : '';
    const attempt = attempts.get(sid);
    if (tnx === 'client' && line.startsWith('MAIL FROM:') && handed !== undefined) {
      attempts.set(sid, { messageId: handed, dataAsked: false });
      handed = undefined;
    } else if (attempt === undefined) {
      return;
    } else if (tnx === 'client' && line === 'DATA') {
      attempt.dataAsked = true;
    } else if (tnx === 'message' || (tnx === 'server' && attempt.dataAsked && line.startsWith('3'))) {
      begun.add(attempt.messageId);
    } else if (tnx === 'network' && line === 'Connection closed') {
      attempts.delete(sid);
    }
  }

  const quiet = () => {};
  return {
    logger: { level: quiet, trace: quiet, debug: note, info: note, warn: quiet, error: quiet, fatal: quiet },
    dataWasSent: (messageId) => begun.has(messageId),
    forget(messageId) {
      begun.delete(messageId);
      for (const [sid, attempt] of attempts) if (attempt.messageId === messageId) attempts.delete(sid);
    },
  };
}
