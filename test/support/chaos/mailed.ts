import type { Template } from '../../../domain/mails.js';
import { grouped } from '../../../rehearsal/grouped.js';
import { requestId } from '../../../store/asks.js';
import type { Aftermath } from './aftermath.js';
import { requestsIn } from './pages.js';

/** So many copies of a mail leave by themselves: once, and once more where the first may not have been taken. Of a decision letter, one. */
const mostCopies = ({ letter }: { letter: boolean }) => (letter ? 1 : 2);
/** A mail that was refused for now so often may be given up. */
const mostRefusals = 20;
/** Mails that always have something to say. The others are dropped when what they ask or tell is over: the database looked (`dropped`). */
const alwaysSpeak: readonly Template[] = ['receipt', 'link', 'letter', 'told-out', 'risk', 'outcome', 'ended', 'restitution', 'message'];

/** Copies taken by the mail server: none more than may be, none to anybody else, none that the outbox does not know of, none lacking that it says was taken. */
export function copiesCounted({ outbox, copies, people, started, journal }: Aftermath): string[] {
  const taken = grouped(copies, (copy) => copy.messageId);
  const known = new Set(outbox.map((row) => row.message_id));
  const byHand = grouped(
    journal.filter(({ verb }) => verb === 'mail.resent'),
    ({ subject }) => subject,
  );
  const rows = outbox.flatMap((row) => {
    const { id, key, person, context, state, uncertain, message_id } = row;
    const theirs = taken.get(message_id) ?? [];
    const count = theirs.length;
    const most = mostCopies(row) + (byHand.get(`mail:${id}`)?.length ?? 0);
    const address = people.get(person)?.email ?? started.get(String(context.start));
    const problems = theirs.filter(({ to }) => to !== address).map(({ to }) => `a copy went to ${to}, ${person} is at ${address}`);
    if (count > 1 + uncertain) problems.push(`${count} copies were taken, ${uncertain} times uncertain`);
    if (count > most) problems.push(`${count} copies were taken${row.letter ? ' of a decision letter' : ''}, no more than ${most} may be`);
    if (state === 'accepted' && count === 0) problems.push('accepted, and no copy was taken');
    if (count > 0 && state !== 'accepted' && uncertain === 0) problems.push(`${count} copies were taken, and it is ${state}`);
    return problems.map((problem) => `mail ${id} ${key}: ${problem}`);
  });
  const strangers = [...taken.keys()].filter((messageId) => !known.has(messageId)).map((messageId) => `<${messageId}> is in no outbox row`);
  return [...rows, ...strangers];
}

/** A mail is dropped, or loses something it asked for, only when there is nothing left to say of it. */
export function droppedRightly({ outbox, dropped }: Aftermath): string[] {
  const keys = new Map(outbox.map(({ id, key }) => [id, key]));
  return [
    ...dropped.map(({ mail, what }) => `mail ${mail} ${keys.get(mail)}: dropped, and ${what}`),
    ...outbox
      .filter(({ state, template }) => state === 'dropped' && alwaysSpeak.includes(template))
      .map(({ id, key, template }) => `mail ${id} ${key}: dropped, and a ${template} has always something to say`),
  ];
}

/** A mail is given up only when the server refused it for good, or too often, or when nobody could read it. */
export function failedRightly({ outbox, refused, people }: Aftermath): string[] {
  return outbox
    .filter(({ id, state, error, refusals, person }) => {
      if (state !== 'failed') return false;
      if (error === 'unreachable') return people.get(person)?.unreachable !== true;
      return !refused.has(id) && refusals <= mostRefusals;
    })
    .map(({ id, key, error, refusals }) => `mail ${id} ${key}: given up after ${refusals} refusals: ${error}`);
}

/** Every rung that was claimed to be sent has a mail that came to an end; a first mail is not skipped where nothing was mailed before. */
export function rungsMailed({ rungs, outbox }: Aftermath): string[] {
  const states = new Map(outbox.map(({ id, state }) => [id, state]));
  const name = ({ ask, person, rung, about }: Aftermath['rungs'][number]) => [ask, person, rung, about].filter(Boolean).join(' ');
  return rungs.flatMap((rung) => {
    if (rung.outbox === null) {
      const { ask, person, about } = rung;
      const wasMailed = rungs.some((one) => one.ask === ask && one.person === person && one.about === about && one.outbox !== null);
      return rung.rung === 'opening' && !wasMailed ? [`${name(rung)}: skipped, and nothing else was ever mailed`] : [];
    }
    const state = states.get(rung.outbox);
    if (state === 'accepted' || state === 'dropped' || state === 'failed' || state === 'uncertain') return [];
    return [`${name(rung)}: its mail ${rung.outbox} is ${state ?? 'not there'}`];
  });
}

/** Whoever acted without a link had not been sent one: a mail that was accepted and is about their place brought it. */
export function linksArrive({ promised, places, outbox, copies }: Aftermath): string[] {
  const brought = new Set(copies.flatMap(({ text }) => requestsIn(text)));
  const sent = new Map(
    outbox
      .filter(({ state }) => state === 'accepted')
      .flatMap(({ id, person, asks, context }): [string, number][] => [
        ...asks.filter(({ about }) => about === undefined).map(({ ask }): [string, number] => [requestId(ask, person), id]),
        ...(typeof context.request === 'string' ? [[context.request, id] satisfies [string, number]] : []),
      ]),
  );
  const byRequest = new Map(places.map((place) => [place.request, place]));
  return promised.flatMap(({ request, hadLink }) => {
    const mail = sent.get(request);
    if (hadLink || mail === undefined || brought.has(request)) return [];
    const place = byRequest.get(request);
    return [`${place?.ask} ${place?.person}: mail ${mail} is accepted, and no copy brought a link`];
  });
}
