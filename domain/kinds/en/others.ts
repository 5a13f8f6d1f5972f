import type { Words } from '../words.js';
import { apply } from './apply.js';
import { approve } from './approve.js';
import { deliberation } from './deliberation.js';
import { document } from './document.js';
import { eligibility } from './eligibility.js';
import { interests } from './interests.js';
import { interview } from './interview.js';
import { introduction } from './introduction.js';
import { pairs } from './pairs.js';
import { prepare } from './prepare.js';
import { proposal } from './proposal.js';
import { relay } from './relay.js';
import { report } from './report.js';
import { score } from './score.js';
import { seat } from './seat.js';
import { session } from './session.js';
import { shortlist } from './shortlist.js';
import { sitting } from './sitting.js';

/** The words of each kind but the decision, which speaks of them: what is lacking is named as its own ask names it. */
export const others: Omit<Words, 'decide'> = {
  interview,
  document,
  approve,
  relay,
  apply,
  eligibility,
  shortlist,
  seat,
  prepare,
  interests,
  score,
  deliberation,
  pairs,
  introduction,
  session,
  report,
  proposal,
  sitting,
};
