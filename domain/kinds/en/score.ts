import { awaited, deadline } from '../../phrases.js';
import type { KindWords } from '../words.js';

/** Score, blind to the others; closes by the clock. */
export const score: KindWords<'score'> = {
  page: {
    title: () => 'How do you score the projects?',
    lead: () =>
      'From 0 (not at all) to 5 (fully), criterion by criterion. Nobody sees your scores before all have scored, or the hour has passed.',
    why: () => 'you sit on the jury',
    next: () => 'the mean, median and spread of each project are shown to the deliberation; nothing is corrected or normalised',
    button: 'Send my scores',
    done: 'Your scores are recorded',
    noun: 'scores of the jury',
  },
  fields: () => ({
    scores: { label: 'Your scores, from 0 to 5' },
    remarks: { label: 'Your remarks', hint: 'Read at the deliberation, with the scores.' },
  }),
  lacking: 'no juror scored.',
  tooFew: { thing: 'no score from the jury', sentence: 'Scoring has closed without any score.' },
  mail: {
    awaited: () => awaited('Your scores', 's'),
    headline: (view, moment) =>
      moment === 'past'
        ? undefined
        : `Your scores are expected ${moment === 'today' ? 'today, ' : 'by '}${deadline(view, 'en')} at the latest`,
    request: () =>
      'Please score each application you have heard on the criteria of the jury. Nobody sees your scores until every juror has scored, or scoring is closed.',
    why: () => 'You sit on the jury.',
    silence: () => 'the page refuses scores, and the ranking is made without yours',
    after: () => 'The results (mean, median and spread) are shown to the jury, which deliberates.',
    act: 'Give my scores',
    late: () => 'has not given their scores yet',
    thing: () => awaited('scores of the jury', 's'),
  },
};
