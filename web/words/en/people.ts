/** The page of an edition's people, in English. */
import type { people as French } from '../fr/people.js';

export const people: typeof French = {
  title: 'People',
  count: (n) => (n > 1 ? `${n} people, by role` : n === 1 ? 'One person' : 'Nobody matches.'),
  all: 'All',
  roles: 'Filter by role',
  search: 'Search a name',
  find: 'Search',
  next: 'Next page',
  columns: { person: 'Name', role: 'Role', address: 'Address', asked: 'Open requests', last: 'Last answer', substitute: 'Substitute' },
  works: 'works',
  unreachable: (day) => `comes back since ${day}`,
  doubtful: (day) => `one mail came back on ${day}`,
  nothing: 'Nothing for now.',
  left: (day) => `takes part no more since ${day}`,
  replacedBy: (who, day) => `replaced by ${who} on ${day}`,
  due: (day) => `answer expected on ${day}`,
  late: (days) => `late by ${days}`,
  back: 'Everybody',
  askedTitle: 'What is asked of them',
  didTitle: 'What they answered',
  actsTitle: 'Act',
  addressTitle: 'Address',
  on: (day) => `on ${day}`,
  reopened: 'may be corrected',
  remind: 'Remind…',
  answerFor: 'Answer in their name…',
  replaceOrLeave:
    'Replace: somebody takes over what is open and what is to come. Leaves: their places close. What was answered keeps their name.',
};
