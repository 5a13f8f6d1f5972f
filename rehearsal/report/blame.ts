/** What a violated guarantee says, read back: which mails, and what was wrong. */
export interface Blame {
  /** Message-IDs of the mails at fault, in the order in which they are named. */
  mails: string[];
  /** What was wrong, by name: `over` and `opens` are instants, `lacks` what is not in the mail. */
  over?: string;
  opens?: string;
  lacks?: string[];
}

/** Reads a line of a guarantee's violations. */
export function blameOf(violation: string): Blame {
  const all = (name: string) => [...violation.matchAll(new RegExp(`\\b${name}=([^\\s;]+)`, 'g'))].map((found) => found[1] ?? '');
  const [over] = all('over');
  const [opens] = all('opens');
  const lacks = [...new Set(all('lacks').flatMap((list) => list.split(',').map((one) => one.split(':')[0] ?? '')))];
  return {
    mails: [...new Set(all('mail'))],
    ...(over === undefined ? {} : { over }),
    ...(opens === undefined || opens === 'never' ? {} : { opens }),
    ...(lacks.length === 0 ? {} : { lacks }),
  };
}
