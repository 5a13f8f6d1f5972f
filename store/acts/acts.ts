/** Every act on an edition by its name: one way in for pages, the command line and the API. */
import type { ActSpec } from '../../domain/acts.js';
import { isRuleAct } from '../../domain/overrides.js';
import { findAsks } from '../asks.js';
import { keepClock } from '../clock.js';
import type { Tx } from '../db.js';
import { planAddPerson } from './add-person.js';
import { planAddressAct } from './address.js';
import { planBack } from './back.js';
import { planCancel } from './cancel-edition.js';
import type { Planned, When } from './change.js';
import { planClose } from './close.js';
import { planEditPerson } from './edit-person.js';
import { planExtend } from './extend.js';
import { planHold, planRelease } from './hold.js';
import { planLeave } from './leave.js';
import { planMessage } from './message.js';
import { planNudge } from './nudge.js';
import type { NotDone } from './on-ask.js';
import { planPause, planResume } from './pause.js';
import { planReassign } from './reassign.js';
import { planReopen } from './reopen.js';
import { planReplace } from './replace.js';
import { planResend } from './resend.js';
import { planRules } from './rules.js';
import { planSkip } from './skip.js';
import { planUndo } from './undo.js';

/** An act on an edition, by whom (`coordinator`, unless an account acts) and why. */
export type ActOn = { edition: string; spec: ActSpec; reason: string; actor?: string } & When;

/** What an act changes, or why it is refused; an ask of another edition is none of this one's, and no act is done while the clock is being moved. */
export async function planAct(tx: Tx, { edition, spec, ...by }: ActOn): Promise<Planned<object> | NotDone> {
  if (!(await keepClock(tx, edition))) return { ok: false, reason: 'advancing' };
  if (spec.act === 'undo') return planUndo(tx, { edition, ...by });
  if (spec.act === 'cancel') return planCancel(tx, { edition, ...by });
  if (spec.act === 'pause') {
    const { from, until } = spec;
    if (from === undefined && until === undefined) return planPause(tx, { edition, ...by });
    if (from === undefined || until === undefined) return { ok: false, reason: 'period' };
    return planRules(tx, { edition, spec: { act: 'closure', from, until }, ...by });
  }
  if (spec.act === 'resume') return planResume(tx, { edition, ...by });
  if (isRuleAct(spec)) return planRules(tx, { edition, spec, ...by });
  if (spec.act === 'back') return planBack(tx, { ...spec, edition, ...by });
  if (spec.act === 'skip') return planSkip(tx, { ...spec, edition, ...by });
  switch (spec.act) {
    case 'hold':
      return planHold(tx, { edition, mail: spec.mail, ...by });
    case 'release':
      return planRelease(tx, { edition, mail: spec.mail, ...by });
    case 'message':
      return planMessage(tx, { edition, to: spec.whom, subject: spec.subject, text: spec.text, ...by });
    case 'resend': {
      if (!('row' in spec.mail)) return { ok: false, reason: 'no-resend' };
      const planned = await planResend(tx, { edition, mail: spec.mail.row, ...by });
      if (planned.ok || planned.reason === 'unknown' || planned.reason === 'unreachable') return planned;
      return { ok: false, reason: planned.reason === 'again' ? 'again' : 'no-resend' };
    }
    case 'replace':
      return planReplace(tx, { ...spec, edition, ...by });
    case 'leave':
      return planLeave(tx, { ...spec, edition, ...by });
    case 'add':
      return planAddPerson(tx, { ...spec, edition, ...by });
    case 'edit':
      return planEditPerson(tx, { ...spec, edition, ...by });
    case 'address':
      return planAddressAct(tx, { ...spec, edition, ...by });
  }
  const [ask] = await findAsks(tx, [spec.ask]);
  if (ask?.edition !== edition) return { ok: false, reason: 'unknown' };
  switch (spec.act) {
    case 'nudge':
      return planNudge(tx, { ask: spec.ask, ...(spec.person === undefined ? {} : { person: spec.person }), ...by });
    case 'reassign':
      return planReassign(tx, { ...spec, ...by });
    case 'reopen':
      return planReopen(tx, { ...spec, ...by });
    case 'extend':
      return planExtend(tx, { ask: spec.ask, date: spec.date, ...by });
    case 'close':
      return planClose(tx, { ask: spec.ask, ...by });
  }
}
