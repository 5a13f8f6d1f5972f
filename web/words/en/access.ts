/** The ways into the console and one's account, in English. */
import type { AccessWords } from '../fr/access.js';

/** The words of the ways in, and of an account. */
export const access: AccessWords = {
  signIn: {
    title: 'Open the console',
    lead: 'Give the address to which the programme writes to you: a link to enter leaves for it, which works for fifteen minutes.',
    needed:
      'This page is in the console. You will be led there as soon as you are in. If you have just come in, your browser refuses cookies: allow those of this site, then enter again.',
    email: 'Your address',
    button: 'Get a link',
    or: 'Or',
    with: (name) => `Continue with ${name}`,
    address: 'This is not a complete address.',
    other: 'Without access to your mail: whoever administers the installation can give you a link (command “troismains console --as”).',
  },
  sent: {
    title: 'Look at your mail',
    lead: (email) =>
      `If ${email} opens the console, a link has just left for it. Open it in this browser; it works once, for fifteen minutes.`,
    elsewhere: 'Opened on another device, it shows a code of six digits, to be typed here.',
    code: 'Code of six digits',
    button: 'Enter',
    wrong: 'This is not the code. After five tries, another link has to be asked for.',
    again: 'Nothing comes? Look into the spam folder, wait a few minutes, then',
    ask: 'ask for another link',
  },
  enter: {
    title: 'Open the console',
    lead: 'This link opens the console on this device, once.',
    button: 'Open the console',
  },
  code: {
    title: 'Your code',
    lead: 'This link was asked for in another browser. Type this code there, on the page that waits for it:',
    warning:
      'If it was not you who asked to enter, type this code nowhere and tell it to nobody: we never ask for it, by telephone or by mail.',
    here: 'Did you want to enter on this device?',
    ask: 'Ask for a link here',
  },
  gone: {
    title: 'This link opens nothing any more',
    lead: 'It was used already, or is too old. Another one is to be had at once.',
    ask: 'Ask for another link',
  },
  right: {
    title: 'This act is not yours',
    lead: 'Your account can see this edition, but not do this. Whoever coordinates it can.',
  },
  provider: {
    title: 'You could not be let in',
    reasons: {
      refused: 'The answer of the other site does not verify, or came too late. Nothing was opened.',
      cancelled: 'The other site says that signing in was given up, or refused.',
      'not-verified': 'The other site has not verified your address: it cannot be used here.',
      weak: 'The other site did not ask you for the proof of identity that this installation requires.',
      away: 'The other site does not answer. The link by mail works.',
      'no-account':
        'The address that the other site gives for you does not open this console. Whoever administers it can make you an account.',
    },
    again: 'Enter another way',
  },
  factor: {
    title: 'Your second factor',
    lead: 'Type the code of six digits that your authenticator app shows, or one of your recovery codes.',
    code: 'Code',
    button: 'Enter',
    wrong: 'This code is not the right one, or was used already. Wait for the next, or take a recovery code.',
    tooOften: 'Too many wrong codes: wait for a quarter of an hour.',
    lost: 'Neither app nor codes any more? Whoever administers the installation can remove your second factor.',
  },
  confirm: {
    title: 'Confirm that it is you',
    lead: 'You came in more than a quarter of an hour ago. Rights, addresses and the second factor change only after a new proof: nothing was changed.',
    mail: (email) => `Get a link at ${email}`,
  },
  account: {
    title: 'Your account',
    done: 'Saved.',
    lead: (name, email) => `${name}, ${email}.`,
    readdress: 'The name and address of an account are the administration’s to change.',
    language: {
      legend: 'Language',
      hint: 'That of the console and of the messages that lead to it.',
      fr: 'Français',
      en: 'English',
      button: 'Save',
    },
    sessions: {
      title: 'Where you are in',
      lead: 'A session lasts twelve hours, or two unused. End those that you do not know.',
      device: 'Device',
      unknown: 'unknown',
      way: 'Way in',
      ways: { key: 'by a link of the administration', mail: 'by mail', openid: (name) => `with ${name}` },
      since: 'Since',
      seen: 'Last used',
      here: 'this one',
      end: (device, when) => `End (${device}, ${when})`,
      others: 'End all the others',
    },
    factor: {
      title: 'Second factor',
      lead: 'A code of your telephone, asked for beside the mail: mail that somebody else reads then opens nothing.',
      needed: 'This installation asks it of whoever coordinates or administers. Set it up to go on.',
      none: 'You have none.',
      set: 'You have one.',
      left: (n) =>
        n > 1 ? `You have ${n} recovery codes left.` : n === 1 ? 'You have one recovery code left.' : 'You have no recovery code left.',
      begin: 'Set up a second factor',
      remove: 'Remove it',
      renew: 'Make new recovery codes',
      setUp: 'Set up a second factor',
      scan: 'In your authenticator app (FreeOTP, Aegis, that of your telephone…), add an account by pointing at this drawing:',
      qr: 'QR code of the secret',
      secret: 'Or copy this secret:',
      code: 'Code of six digits that the app shows',
      confirm: 'Set up',
      wrong: 'This is not the code that this app shows now. Is the telephone’s clock right?',
      codesTitle: 'Your recovery codes',
      codesLead:
        'Each replaces the code of the app once. Keep them elsewhere than on this telephone, printed for instance: this page will not show them again, and former ones no longer work.',
      kept: 'I have kept them',
    },
  },
};
