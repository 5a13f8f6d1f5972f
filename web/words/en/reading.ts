/** Documents, interviews and applications in the console, in English. */
import type { ReadingWords } from '../fr/reading.js';

/** The words of what coordinators read. */
export const reading: ReadingWords = {
  documents: {
    title: 'Documents',
    none: 'No document has been filed yet.',
    head: { title: 'Document', project: 'Project', author: 'Filed by', version: 'Version', on: 'On' },
    last: (version, versions) => (versions > 1 ? `${version} (${versions} versions)` : String(version)),
    by: (who, when) => `Filed by ${who} on ${when}.`,
    versions: 'Versions',
    version: (n) => `Version ${n}`,
    former: (n) => `Version ${n}, before a step back`,
    compare: 'Compare two versions',
    older: 'One',
    newer: 'The other',
    see: 'Compare',
    compared: (before, after) => `From “${before}” to “${after}”, word by word`,
    added: 'added: ',
    removed: 'removed: ',
    same: 'Both texts are the same.',
    hash: 'Fingerprint of the frozen text (SHA-256):',
  },
  csv: 'Take it all away to a spreadsheet (CSV)',
  interviews: {
    title: 'Interviews, side by side',
    link: 'Read the interviews side by side',
    lead: (n) =>
      n === 0 ? 'Nobody has answered yet.' : n === 1 ? 'One answer, question by question.' : `${n} answers, question by question.`,
    silent: 'no answer to this question',
  },
  applications: {
    title: 'Applications',
    counts: (submitted, drafts) =>
      `${submitted === 0 ? 'No application was submitted' : submitted === 1 ? 'One application was submitted' : `${submitted} applications were submitted`}, ${drafts === 0 ? 'no draft' : drafts === 1 ? 'one draft' : `${drafts} drafts`}. A draft is read by its writer only.`,
    none: 'No application is like that.',
    head: { title: 'Application', who: 'Carried by', need: 'Need', at: 'Submitted on', relay: 'Came by', state: 'Where it stands' },
    need: 'Need',
    state: 'State',
    all: 'all',
    filter: 'Filter',
    states: {
      waiting: 'to be ruled on',
      eligible: 'eligible',
      ineligible: 'not eligible',
      shortlisted: 'shortlisted',
      out: 'out of the selection',
      retained: 'retained',
      reserve: 'in reserve',
      'not-retained': 'not retained',
    },
    reason: 'Reason given',
    direct: 'directly',
    rules: 'By the rules',
    recused: 'You declared an interest in this application: you do not read it.',
    back: 'All applications',
  },
};
