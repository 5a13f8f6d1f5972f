import type { BounceKind } from '../../domain/bounces.js';
import { oneLine, shorten } from '../../domain/clean.js';
import type { Failure } from './judge.js';

export type { BounceKind } from '../../domain/bounces.js';

/** Something that came back: the enhanced status, empty when there is none, and the server's words, safe to keep and to show. */
export interface Bounce {
  is: 'bounce';
  kind: BounceKind;
  status: string;
  diagnostic: string;
}

/** What a message in the bounce mailbox is. `ignored`: understood, and nothing to record. `feedback`: somebody complains of a mail of ours. */
export type Reading = Bounce | { is: 'ignored'; why: 'delivered' | 'auto-reply' | 'read-receipt' } | { is: 'feedback' | 'not-understood' };

const maxDiagnostic = 300;

/** A bounce, its words on one line, cut, without control characters. */
export const bounce = (kind: BounceKind, { status, diagnostic }: Failure): Bounce => ({
  is: 'bounce',
  kind,
  status,
  diagnostic: shorten(oneLine(diagnostic), maxDiagnostic),
});
