/** What a failure says of an address: `hard`, it does not work; `soft`, anything else (full, refused for what we are, given up after days). */
export type Gravity = 'hard' | 'soft';

/** What is known of one failure: the enhanced status (RFC 3463), empty when there is none, and the server's words. */
export interface Failure {
  status: string;
  diagnostic: string;
}

// the address, its domain or its mailbox is not there: decision 0012
const gone = ['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1', '5.4.310'];
// codes that servers give for an unknown address and for much else: their words decide
const vague = /^([45]\.0\.\d+|5\.1\.0|5\.1\.4|5\.1\.351|5\.2\.0|5\.3\.0|5\.4\.[014]|5\.5\.\d+)?$/;

const who = 'user|recipient|mailbox|address|account|e-?mail|destinataire|utilisateur|adresse|bo[iî]te|compte';
const absent =
  "unknown|not found|not exist|no longer|invalid|disabled|inactive|unavailable|not known|deactivated|suspended|inconnue?|inexistante?|n'existe|d[ée]sactivée?";
/** What says that an address is not there, each beside it as a server writes it; addresses and names of hosts are taken out before. */
const unknownAddress = new RegExp(
  [
    `\\b(?:${who})\\b[^.;:]{0,60}(?:${absent})`, // User unknown in virtual mailbox table · cette adresse n’existe pas
    `(?:unknown|no such|invalid|illegal|bad|non-?existent|unrouteable)\\s+(?:local\\s+|virtual\\s+|final delivery\\s+)?(?:${who}|userid|domain|host|destination)\\b`, // No such user here · Invalid final delivery userid · Illegal host/domain name found
    `no (?:user|recipient|mailbox|account) (?:found|here)`, // 550 No user found · Sorry, no mailbox here by that name
    "\\b(?:user|recipient) (?:does not|doesn't) have an?\\s", // This user doesn't have a example.com account
    '(?:domain|host|domaine)[^.;]{0,40}(?:not found|not exist|introuvable)', // Host or domain name not found
    '\\b5\\d\\d host unknown', // 550 Host unknown (Authoritative answer from name server)
    "no mx (?:record )?found|couldn't find (?:a mail exchanger|any host)", // No MX found for domain · Sorry, I couldn't find a mail exchanger or IP address
    'non-?existent domain|nonexistentdomain', // SMTPSEND.DNS.NonExistentDomain; nonexistent domain
    'not listed in (?:domino|public)', // User not listed in Domino Directory · … in public Name & Address Book
    'not the address of one mailbox', // our own word
  ].join('|'),
  'i',
);
// about us, or about today, whatever else is said
const notTheAddress = new RegExp(
  [
    '(?<!anti[- ]?)(?:spam|virus)|black-?list|block-?list|\\b(?:blocked|banned|rbl)\\b|dnsbl|reputation|\\bspf\\b|\\bdkim\\b|\\bdmarc\\b|unauthenticated',
    'relay(?:ing)?\\s+(?:\\w+\\s+){0,3}(?:denied|prohibited|disallowed|forbidden|refused|rejected|not (?:permitted|allowed|authori[sz]ed))',
    "(?:not (?:permitted|allowed|authori[sz]ed) to|unable to|cannot|can't|do(?:es)? not|don't|won't|will not|refuse to|no)\\s+relay",
    'sender (?:address|verif|domain|id|is|not|unknown|denied|rejected|blocked)|(?:unknown|invalid|bad|your) sender|exp[ée]diteur|call-?(?:out|back)|verification failed',
    'quota|\\bfull\\b|\\bpleine?\\b|too (?:many|large|big)|\\brate\\b|grey-?list',
  ].join('|'),
  'i',
);
// words that stand in advice and in names of servers too: an explicit code wins over them
const perhapsNot =
  /anti[- ]?(?:spam|virus)|\bpolicy\b|sender|mail from|authenticat|\b(?:helo|ehlo|ptr|(?<!exchanger or )ip|rdns)\b|reverse|client host|hostname|\byour (?:host|server|domain|network|account|client|provider)\b|temporar|temporair|try again/i;
const explicit = ['5.1.1', '5.1.10'];
// what Exchange Online says of an address that its directory does not have; anywhere else these words only open a reason
const notInDirectory = ({ code, words }: { code: string; words: string }) =>
  code === '5.4.1' && /recipient address(?:es)? rejected/i.test(words);
// a server that refuses the recipient without a word more
const withoutReason = /^\D*55[013](?:[ -]+#?5\.\d{1,3}\.\d{1,3})?[\s:.]*$/;

// 553 https://lists.bl.example/query?ip=192.0.2.7: the reason is behind a link to a list of machines, where no words say that it is the address
const links = /\b(?:https?:\/\/|www\.)[^\s<>"']+/gi;
const listed = /\b(?:bl|[rx]bl|spamcop|sorbs|abuse|policy|delist\w*|unblock\w*)\b|[?&/=](?:\d{1,3}\.){3}\d|[?&]ip=/i;
const linksToList = (diagnostic: string) => (diagnostic.match(links) ?? []).some((link) => notTheAddress.test(link) || listed.test(link));

// 5.1.0 - Unknown address error 550-'5.7.1 Access denied' · 550 5.1.351 … unknown recipient -> 550 User unknown: the reply that is quoted is the refusal
const quotedReply = /\b[45]\d\d[ -]['"]|['"](?=[45]\d\d[ -])|->\s*(?=[45]\d\d\b)/;
const innermost = (diagnostic: string): string | undefined => {
  const quote = quotedReply.exec(diagnostic);
  return quote === null ? undefined : diagnostic.slice(quote.index + quote[0].length);
};

/** More of a server's words than this is not read. */
const maxWords = 2_000;

/** A server's words without addresses, links and names of hosts: `relay@…` and `mx.antispam.…` are no reasons. */
const spoken = (diagnostic: string): string =>
  diagnostic
    .slice(0, maxWords)
    .replace(/[’ʼ]/g, "'")
    .replace(/<[^<>\s]*>|\bhttps?:\S+/gi, ' ')
    .replace(/[^\s<>()[\],;:"']+/g, (word) => (word.includes('@') || host.test(word) ? ' ' : word));
// the last part in letters of one case: "quota.Please" is two sentences
const host = /^(?:[\w-]+\.)+(?:[a-z]{2,}|[A-Z]{2,})\.?$/;

/** The enhanced status that a text quotes (`550 5.1.1 …`), or an empty text. Numbers of four parts are addresses of machines. */
export const statusIn = (text: string): string => /(?<![\d.])([245]\.[0-7]\.\d{1,3})(?![\d]|\.\d)/.exec(text)?.[1] ?? '';

/**
 * How grave a permanent failure is. Only what says that the address does not work is hard: a full mailbox, a policy, a reputation are not.
 * @param atRecipient the server refused the recipient while we spoke to it: its 550, 551 or 553 means the address when no words follow; with words, they decide
 */
export function judge({ status, diagnostic }: Failure, { atRecipient = false } = {}): { gravity: Gravity; status: string } {
  const said = diagnostic.slice(0, maxWords);
  const inner = innermost(said);
  const words = spoken(said);
  const outer = statusIn(said) || status;
  // what only introduces a reply that is quoted decides nothing
  const code = inner === undefined ? outer : statusIn(inner);
  const hard = () => {
    if (notTheAddress.test(words)) return false;
    const unknown = unknownAddress.test(spoken(inner ?? said));
    if (!unknown && linksToList(said)) return false;
    if (explicit.includes(code)) return true;
    if (perhapsNot.test(words)) return false;
    if (gone.includes(code)) return true;
    if (!vague.test(code)) return false;
    return unknown || notInDirectory({ code, words }) || (atRecipient && withoutReason.test(words));
  };
  return { gravity: hard() ? 'hard' : 'soft', status: code || outer };
}
