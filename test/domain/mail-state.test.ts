import { expect, test } from '@jest/globals';
import { MAIL_STATE_WORDS, mailStateShown } from '../../domain/words.js';

test('what came back is shown of a mail that has left, and of no other', () => {
  expect(mailStateShown('accepted', undefined)).toBe('accepted');
  for (const bounced of ['hard', 'soft', 'delayed']) expect(mailStateShown('accepted', bounced)).toBe(bounced);
  // refused as we sent it: it never left; sent again after it came back: it is on its way
  for (const state of ['failed', 'queued', 'sending', 'uncertain', 'dropped', 'held']) expect(mailStateShown(state, 'hard')).toBe(state);
});

test('every state, and all that comes back, has a word in each language', () => {
  const states = ['queued', 'sending', 'accepted', 'failed', 'uncertain', 'dropped', 'held', 'hard', 'soft', 'delayed'];
  for (const words of Object.values(MAIL_STATE_WORDS)) expect(Object.keys(words).sort()).toEqual([...states].sort());
});
