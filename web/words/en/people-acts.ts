/** Acts on people and their places, in English. */
import type * as French from '../fr/people-acts.js';

export const titles: typeof French.titles = {
  reassign: 'Give to somebody else: ',
  reopen: 'Reopen an answer: ',
  replace: 'Replace everywhere: ',
  add: 'Add a person',
  edit: 'Correct a name, a language: ',
  leave: 'Note that somebody leaves: ',
  address: 'Correct an address: ',
};

export const links: typeof French.links = {
  reassign: 'Give to…',
  reopen: 'Reopen their answer…',
  replace: 'Replace…',
  add: 'Add a person…',
  edit: 'Correct name, language…',
  leave: 'Leaves…',
  address: 'Correct the address…',
};

export const does: typeof French.does = {
  reassign:
    'The request passes to somebody else, due on the same day: it is asked of them anew. The links of whoever had it open nothing any more, their draft does not pass, and a mail tells them.',
  reopen:
    'They may correct their answer, as long as nothing was settled from it. Until then the answer given counts; one mail tells them, and no reminder.',
  replace:
    'The new person takes over what is asked and what is to come, and the place in the jury, in circuits and for needs. Marks, interests and applications pass to nobody. Whoever is replaced is told; their answers keep their name.',
  add: 'They take part from now on; what is open and concerns them is asked of them.',
  edit: 'The name or the language changes everywhere; nobody is told.',
  leave:
    'Their places close, and nobody takes them over; a mail tells them. What was answered keeps their name. For somebody to take over: replace.',
  address:
    'A fresh link leaves for each open request, letters that did not arrive leave again; links sent to the former address open nothing any more.',
};

export const done: typeof French.done = {
  reassign: 'The request is given: it is asked anew, and whoever had it is told.',
  reopen: 'The answer is reopened: they get the link.',
  replace: 'They are replaced everywhere.',
  add: 'They are added.',
  edit: 'It is corrected.',
  leave: 'It is noted: their places are closed.',
  address: 'The address is noted; fresh links leave.',
};

export const fields: typeof French.fields = {
  to: { label: 'To whom', hint: 'Somebody of the edition; otherwise give a name and an address.' },
  name: { label: 'Name', hint: 'As mails will say it.' },
  email: { label: 'Address', hint: 'A mail address of their own.' },
  role: { label: 'Role', hint: 'What they are in the edition.' },
  into: { label: 'Also', hint: 'Where they were forgotten.' },
  language: { label: 'Language', hint: 'That of their mails and pages.' },
};

export const choices: typeof French.choices = {
  nobody: 'Somebody new',
  into: { '': 'nowhere else', jury: 'in the jury', interviews: 'in the interviews' },
  language: { '': 'unchanged', fr: 'French', en: 'English' },
};

export const refusals: typeof French.refusals = {
  'no-person': 'they are not in the edition.',
  left: 'they take part in the edition no more.',
  same: 'nothing changes: it is so already.',
  'in-already': 'they are asked already, or have answered.',
  own: 'marks, interests and applications are theirs who give them: they pass to nobody, and marks are not reopened.',
  'not-awaited': 'no answer is awaited of them there.',
  judges: 'whoever submitted an application does not judge.',
  role: 'they have a role already that is asked as such, and cannot have both. Add somebody else.',
  name: 'a name is needed, on one line.',
  address: 'this is not a complete address.',
  taken: 'somebody else has this address in this edition.',
  works: 'mails arrive at their address: the console does not replace it. An administrator can, on the command line.',
  'last-coordinator': 'they are the last coordinator: replace them first.',
  approver: 'they approve in a circuit: replace them.',
  directorate: 'they carry a need: replace them.',
  applicant: 'they carry a project: replace them.',
  unanswered: 'they have not answered it.',
  reopened: 'their answer is reopened already.',
};
