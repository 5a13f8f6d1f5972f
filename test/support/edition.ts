import { parse, stringify } from 'yaml';
import type { ReviewRequest, ReviewResult } from '../../activities/contract.js';
import { deliverDue } from '../../activities/deliver.js';
import type { DeliveryDeps } from '../../activities/dependencies.js';
import { review } from '../../activities/review/index.js';
import type { Raw } from '../../domain/asks/forms.js';
import { type AskSpec, askId } from '../../domain/asks.js';
import { type Calendar, type CivilDate, calendarOf } from '../../domain/calendar.js';
import type { EditionFile } from '../../domain/edition/schema.js';
import type { Edition } from '../../domain/edition.js';
import type { Outgoing, SendResult, Transport } from '../../mail/transport.js';
import { answer } from '../../store/acts/answer.js';
import type { Act } from '../../store/acts/place.js';
import { type AskRow, findAsks, type HolderRow, holdersOf, requestId } from '../../store/asks.js';
import { openStore, type Store } from '../../store/db.js';
import { insertRows } from '../../store/editions.js';
import { listMails, type OutboxRow } from '../../store/outbox.js';
import { chronicle, publicUrl } from './chronicle.js';
import { createDatabase } from './database.js';
import { readSource } from './source.js';

/** What is asked, in a line: version and generation are 1 unless said. */
export type Asked = Omit<AskSpec, 'version' | 'generation'> & Partial<Pick<AskSpec, 'version' | 'generation'>>;

/** The installation key of these tests. */
export const linkKey = Buffer.from('a key that opens nothing but tests');

/** A small edition in the database, and what a test does to it: no engine, the instants are the test's. Its journal begins empty. */
export interface Bench {
  store: Store;
  id: string;
  edition: Edition;
  calendar: Calendar;
  /** An instant on the territory's clock. */
  on(date: CivilDate, time?: string): number;
  /** One review, as the pump would ask for it. */
  review(at: number, asks?: readonly Asked[], more?: Partial<Omit<ReviewRequest, 'asks'>>): Promise<ReviewResult>;
  /** Sends what is due. */
  deliver(at: number, transport?: Transport, more?: { epoch?: number; deps?: Partial<DeliveryDeps> }): ReturnType<typeof deliverDue>;
  /** Reviews and delivers at every instant at which a review asked to be called again, as the pump does. */
  live(from: number, to: number, asks: readonly Asked[]): Promise<void>;
  idOf(asked: Asked): string;
  /** What a person's link to an ask carries. */
  request(asked: Asked, person: string): string;
  answer(asked: Asked, person: string, raw: Raw, at: number): Promise<Act>;
  ask(asked: Asked): Promise<AskRow>;
  /** How each person's place stands: `direction answered`. */
  places(asked: Asked): Promise<string[]>;
  holders(asked: Asked): Promise<HolderRow[]>;
  mails(): Promise<Omit<OutboxRow, 'bytes'>[]>;
  /** What was queued for a person, a line each: `2027-06-07 09:00 opening interview`. Sent mail counts from when it left. */
  mailed(person: string): Promise<string[]>;
  /** Which promises of experience.md the mail that left has broken. */
  broken(): Promise<string[]>;
}

/** A database of one test file's own. */
export interface BenchDatabase {
  store: Store;
  url: string;
  /** Puts a small edition of its own into it. */
  bench(change?: (file: EditionFile) => void): Promise<Bench>;
  drop(): Promise<void>;
}

/** Makes the database in which a test file's editions live side by side. */
export async function benchDatabase(): Promise<BenchDatabase> {
  const { url, drop } = await createDatabase();
  const store = openStore(url);
  let count = 0;
  return {
    store,
    url,
    async bench(change = () => {}) {
      const file = structuredClone(parsed);
      file.id = `essai-${++count}`;
      change(file);
      const { edition, source } = readSource(stringify(file));
      const at = calendarOf(edition.territory).instantAt(edition.start, '08:30');
      await insertRows(store.pool, { edition, source, at, clockOffsetMs: 0 });
      return benchOf(store, edition);
    },
    async drop() {
      await store.close();
      await drop();
    },
  };
}

function benchOf(store: Store, edition: Edition): Bench {
  const { id } = edition;
  const calendar = calendarOf(edition.territory);
  const spec = (asked: Asked): AskSpec => ({ version: 1, generation: 1, ...asked });
  const idOf = (asked: Asked) => askId(id, spec(asked));
  const request = (asked: Asked, person: string) => requestId(idOf(asked), person);
  const words = (mail: Omit<OutboxRow, 'bytes'>) =>
    mail.asks.length === 0
      ? mail.template
      : mail.asks
          .map(({ ask, rung, about }) => `${rung} ${ask.split('.')[2]}${about === undefined ? '' : ` (${about})`}`)
          .sort()
          .join(' + ');
  const bench: Bench = {
    store,
    id,
    edition,
    calendar,
    on: (date, time = '09:00') => calendar.instantAt(date, time),
    review: (at, asks = [], more = {}) =>
      review(store, { edition: id, epoch: 1, at, facts: [], incidents: [], asks: asks.map(spec), ...more }),
    deliver: (at, transport = scripted(), { epoch = 1, deps = {} } = {}) =>
      deliverDue(
        {
          store,
          transport,
          mailFrom: 'Essais <essais@troismains.example>',
          realNow: () => at,
          heartbeat() {},
          publicUrl,
          linkKey,
          ...deps,
        },
        { edition: id, epoch, at },
      ),
    async live(from, to, asks) {
      for (let at: number | null = from; at !== null && at <= to; ) {
        const { wakeAt, mail } = await bench.review(at, asks);
        if (mail) await bench.deliver(at);
        at = wakeAt;
      }
    },
    idOf,
    request,
    answer: (asked, person, raw, at) => answer(store, { request: request(asked, person), raw, realNow: at }),
    async ask(asked) {
      const [row] = await findAsks(store.pool, [idOf(asked)]);
      if (row === undefined) throw new Error(`${idOf(asked)} was not asked`);
      return row;
    },
    holders: async (asked) => (await holdersOf(store.pool, [idOf(asked)])).get(idOf(asked)) ?? [],
    places: async (asked) => (await bench.holders(asked)).map(({ person, closed }) => `${person} ${closed ?? 'open'}`),
    mails: () => listMails(store.pool, id),
    mailed: async (person) =>
      (await bench.mails())
        .filter((mail) => mail.person === person)
        .map((mail) => `${local(calendar, mail.sent_at ?? mail.due_at)} ${words(mail)}`),
    broken: async () => (await chronicle(store, id)).guarantees.flatMap(({ name, violations }) => violations.map((v) => `${name}: ${v}`)),
  };
  return bench;
}

const local = (calendar: Calendar, instant: Date): string => `${calendar.dateOf(instant.getTime())} ${calendar.timeOf(instant.getTime())}`;

/** A mail server that says what a test wants, one result a mail, then accepts; it keeps what it is given. */
export function scripted(...results: (SendResult | ((mail: Outgoing) => Promise<SendResult>))[]): Transport & { sent: Outgoing[] } {
  const sent: Outgoing[] = [];
  return {
    sent,
    async send(mail) {
      sent.push(mail);
      const result = results.shift() ?? { state: 'accepted', response: '250 kept' };
      return typeof result === 'function' ? result(mail) : result;
    },
    close() {},
  };
}

/** The Message-IDs of mails, as written in their bytes. */
export const messageIds = (mails: readonly Outgoing[]): string[] =>
  mails.map(({ bytes }) => /^Message-ID: (.*)$/im.exec(bytes.toString())?.[1] ?? '');

/**
 * Interviews from Monday 7 June 2027, ten working days: due on Friday the 18th; rungs on the 11th, 16th, 18th, 22nd and 25th.
 * 14 July is a Wednesday, and the house is closed in the first week of August.
 */
const written = `
schema: 1
id: essai
title: Un essai
start: 2027-06-07
target: 2028-06-23
territory:
  id: plateau
  name: Pays du Plateau
  timezone: Europe/Paris
  locale: fr
  holidays: FR
  closures: [{ from: 2027-08-02, to: 2027-08-06, label: Fermeture }]
needs:
  - { id: soins, title: Se soigner près de chez soi, directorate: sante }
  - { id: trajets, title: Se déplacer sans voiture, directorate: transports }
people:
  - { id: direction, role: executive, name: Direction, email: direction@plateau.example, substitute: adjointe }
  - { id: adjointe, role: executive, name: Adjointe, email: adjointe@plateau.example }
  - { id: coordo, role: coordinator, name: Coordination, email: coordo@plateau.example }
  - { id: incubateur, role: coordinator, name: Incubateur, email: incubateur@plateau.example }
  - { id: sante, role: directorate, name: Service Santé, email: sante@plateau.example }
  - { id: transports, role: directorate, name: Service Transports, email: transports@plateau.example }
  - { id: maison, role: field, name: Maison de santé, email: maison@terrain.example }
relays:
  - { id: reseau, name: Réseau rural, email: reseau@reseau.example }
  - { id: presse, name: Presse locale, email: presse@reseau.example, substitute: adjointe }
interviews: [direction, sante]
selection:
  expectedApplications: 3
  shortlist: { min: 1, max: 3 }
  retained: { min: 1, max: 2 }
  jury: [direction, sante, transports]
  criteria: [{ id: need, label: Réponse au besoin, weight: 1 }]
plan:
  interviews: 10wd
  call-open: 2w
  field: { every: wednesday, times: 2 }
circuits:
  diagnosis-approval:
    - { all: [{ by: sante, within: 5wd }, { by: transports, within: 5wd }] }
    - { by: direction, within: 5wd }
`;
const parsed: EditionFile = parse(written);
