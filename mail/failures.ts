/** What became of a mail. `not-taken`: it cannot have left; `uncertain`: the server may have it. */
export type SendResult = { state: 'accepted'; response: string } | Failure;

/** Why a mail was not accepted, or is not known to be. */
export type Failure =
  /** The server said no: `permanent` when saying it again would change nothing; `command`: to what. */
  | { state: 'refused'; permanent: boolean; code: number; message: string; command?: string; server?: true }
  /** `server`: nothing was said of this mail yet; any other would have fared as it did. */
  | { state: 'not-taken'; message: string; server?: true }
  | { state: 'uncertain'; message: string };

// replies to the envelope or the message concern this mail; a refusal before them concerns our account or the whole server
const aboutThisMail = ['MAIL FROM', 'RCPT TO', 'DATA'];
// "authentication required", "too weak", "must be encrypted": mended by an admin, after which the mail may leave
const aboutOurAccount = [530, 534, 535, 538];

/**
 * Reads nodemailer's error (evidence.md, "SMTP fault"): its code cannot tell a connection that died before the message was taken from
 * one that died after. A reply code can, and so can having begun the message.
 */
export function failureOf(error: unknown, { dataWasSent }: { dataWasSent: boolean }): Failure {
  const { code, command, message } = read(error);
  if (code !== undefined && code >= 400 && code < 600) {
    const permanent = code >= 500 && aboutThisMail.includes(command) && !aboutOurAccount.includes(code);
    return { state: 'refused', permanent, code, message, command };
  }
  return dataWasSent ? { state: 'uncertain', message } : { state: 'not-taken', message };
}

function read(error: unknown): { code: number | undefined; command: string; message: string } {
  if (!(error instanceof Error)) return { code: undefined, command: '', message: String(error) };
  const code = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined;
  const command = 'command' in error && typeof error.command === 'string' ? error.command : '';
  return { code, command, message: error.message };
}
