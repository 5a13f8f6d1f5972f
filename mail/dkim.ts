import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import type { DkimKey } from './dkim-key.js';

// RFC 8058 wants both unsubscribe headers signed; the library's own list lacks the second
const signed =
  'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:In-Reply-To:References:List-Id:List-Unsubscribe:List-Unsubscribe-Post:Auto-Submitted';

/** Signs mails as they leave (RFC 6376): what is kept in the outbox is not signed, so that a key may be changed while mail waits. */
export function dkimSigner({ domain, selector, privateKey }: DkimKey): (bytes: Buffer) => Promise<Buffer> {
  const dkim = new DKIM({ domainName: domain, keySelector: selector, privateKey, headerFieldNames: signed });
  return (bytes) => buffer(dkim.sign(bytes));
}
