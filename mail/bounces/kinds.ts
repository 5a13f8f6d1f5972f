import { oneLine, shorten } from '../clean.js';
import type { Failure } from './judge.js';

/** What came back, in a word: a failure, or that the mail is late. */
export type BounceKind = 'hard' | 'soft' | 'delayed';

/** What a message in the bounce mailbox is. `ignored`: understood, and nothing to record. */
export type Reading =
  | { is: 'bounce'; kind: BounceKind; status: string; diagnostic: string }
  | { is: 'ignored'; why: 'delivered' | 'auto-reply' | 'read-receipt' }
  | { is: 'not-understood' };

const maxDiagnostic = 300;

/** A bounce, its words on one line, cut, without control characters. */
export const bounce = (kind: BounceKind, { status, diagnostic }: Failure): Reading => ({
  is: 'bounce',
  kind,
  status,
  diagnostic: shorten(oneLine(diagnostic), maxDiagnostic),
});
