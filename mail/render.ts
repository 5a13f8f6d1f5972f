import type { MailContent, Rendered } from '../domain/mails.js';
import type { Message } from './blocks.js';
import { lay } from './layout.js';
import { asks } from './templates/asks.js';
import { back } from './templates/back.js';
import { begin } from './templates/begin.js';
import { calendar } from './templates/calendar.js';
import { digest } from './templates/digest.js';
import { ended } from './templates/ended.js';
import { handedOver } from './templates/handed-over.js';
import { letter } from './templates/letter.js';
import { link } from './templates/link.js';
import { message } from './templates/message.js';
import { outcome } from './templates/outcome.js';
import { receipt } from './templates/receipt.js';
import { replaced } from './templates/replaced.js';
import { restitution } from './templates/restitution.js';
import { risk } from './templates/risk.js';
import { sentBack } from './templates/sent-back.js';
import { toldOut } from './templates/told-out.js';
import { undelivered } from './templates/undelivered.js';
import { unreachable } from './templates/unreachable.js';

/**
 * A message ready to be put into bytes: the same content as text and as HTML, in the reader's language.
 * Pure: the same content gives the same message.
 * @throws when a link is not http or https, or when a mail of asks has none
 */
export function render(content: MailContent): Rendered {
  return lay(messageOf(content), content.reader);
}

function messageOf(content: MailContent): Message {
  switch (content.template) {
    case 'asks':
      return asks(content);
    case 'receipt':
      return receipt(content);
    case 'link':
      return link(content);
    case 'begin':
      return begin(content);
    case 'replaced':
      return replaced(content);
    case 'handed-over':
      return handedOver(content);
    case 'letter':
      return letter(content);
    case 'told-out':
      return toldOut(content);
    case 'sent-back':
      return sentBack(content);
    case 'risk':
      return risk(content);
    case 'outcome':
      return outcome(content);
    case 'back':
      return back(content);
    case 'ended':
      return ended(content);
    case 'restitution':
      return restitution(content);
    case 'undelivered':
      return undelivered(content);
    case 'calendar':
      return calendar(content);
    case 'unreachable':
      return unreachable(content);
    case 'digest':
      return digest(content);
    case 'message':
      return message(content);
  }
}
