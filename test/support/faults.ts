import type { MailContent, Rendered } from '../../domain/mails.js';
import { toBytes } from '../../mail/mime.js';
import { render } from '../../mail/render.js';
import type { Meddle } from '../../rehearsal/live.js';
import type { Store } from '../../store/db.js';
import type { Chronicle } from './chronicle.js';

/** What a transaction has asked of the database so far. */
export type Statements = readonly string[];

/** Sees every statement of every transaction; what it answers is waited for before the statement is sent. */
type Watch = (text: string, before: Statements, values?: unknown[]) => Promise<void> | void;

/** What is asked instead of a statement. */
type Rewrite = (text: string, before: Statements, values?: unknown[]) => string;

/** A store whose transactions are watched before, and after, each of their statements; what is asked besides can only be rewritten. */
function watched(store: Store, { before, after, rewrite = (text) => text }: { before?: Watch; after?: Watch; rewrite?: Rewrite }): Store {
  const connect = async () => {
    const client = await store.pool.connect();
    const asked: string[] = [];
    const query = async (text: string, values?: unknown[]) => {
      await before?.(text, asked, values);
      const result = await client.query(rewrite(text, asked, values), values);
      asked.push(text);
      await after?.(text, asked);
      return result;
    };
    return bound(client, { query });
  };
  const query = (text: string, values?: unknown[]) => store.pool.query(rewrite(text, [], values), values);
  return { ...store, pool: bound(store.pool, { connect, query }) };
}

/** An object with some of its methods replaced; the others go on working on the object itself. */
function bound<T extends object>(target: T, replaced: Record<string, unknown>): T {
  return new Proxy(target, {
    get(object, name) {
      if (typeof name === 'string' && name in replaced) return replaced[name];
      const value = Reflect.get(object, name);
      return typeof value === 'function' ? value.bind(object) : value;
    },
  });
}

/** Whether a transaction is a review. */
export const isReview = (statements: Statements): boolean => statements.some((text) => text.includes('for no key update'));

/** Reviews commit, and then their result is lost, when `chosen` says so. Answers what was lost. */
export function losing(chosen: (review: Statements) => boolean): { meddle: Meddle; lost: Statements[] } {
  const lost: Statements[] = [];
  const after: Watch = (text, statements) => {
    if (text !== 'commit' || !isReview(statements) || !chosen(statements)) return;
    lost.push(statements);
    throw new Error('the line broke after the commit');
  };
  return { lost, meddle: (deps) => ({ ...deps, store: watched(deps.store, { after }) }) };
}

/** Statements for which `chosen` says so fail instead of being asked. */
export function breaking(chosen: (text: string, values?: unknown[]) => boolean): Meddle {
  const before: Watch = (text, _, values) => {
    if (chosen(text, values)) throw new Error('out of order');
  };
  return (deps) => ({ ...deps, store: watched(deps.store, { before }) });
}

/** One statement that the engine gets wrong: where it says `from`, and `when` says so, it says `to`. */
export interface Slip {
  from: string;
  to: string;
  when?: (before: Statements, values: unknown[]) => boolean;
}

/** The engine asks its database for something else than what it was written to ask. */
export function rewriting(...slips: readonly Slip[]): Meddle {
  const rewrite: Rewrite = (text, before, values = []) =>
    slips.reduce(
      (asked, { from, to, when }) => (text.includes(from) && (when?.(before, values) ?? true) ? asked.replace(from, to) : asked),
      text,
    );
  return (deps) => ({ ...deps, store: watched(deps.store, { rewrite }) });
}

/** Whether a transaction is one that takes mails for sending. */
export const isDelivery = (statements: Statements): boolean => statements.some((text) => text.includes('for update of o skip locked'));

/** A mail server that takes a mail only after it has refused it so many times. */
export function greylisting(times: number): Meddle {
  return (deps) => {
    const refused = new Map<string, number>();
    return {
      ...deps,
      transport: {
        ...deps.transport,
        send: async (mail) => {
          const id = /^Message-ID: (.*)$/im.exec(mail.bytes.toString())?.[1] ?? '';
          const before = refused.get(id) ?? 0;
          if (before === times) return deps.transport.send(mail);
          refused.set(id, before + 1);
          return { state: 'not-taken', message: 'come back later' };
        },
      },
    };
  };
}

/** The database forgets that a person answered, whoever asks it. */
export function forgettingAnswersOf(person: string): Meddle {
  return (deps) => {
    const { people } = deps;
    if (people === undefined) return deps;
    let installed: Promise<unknown> | undefined;
    return {
      ...deps,
      people: {
        ...people,
        async actUntil(at, edition) {
          installed ??= deps.store.pool.query(`
            create function forget() returns trigger language plpgsql as $$ begin return old; end $$;
            create trigger forgetful before update on ask_person for each row
              when (new.person = '${person}' and new.closed = 'answered') execute function forget()`);
          await installed;
          await people.actUntil(at, edition);
        },
      },
    };
  };
}

/** Mails are put into words, and then changed by somebody who should not. */
export function rewording(change: (rendered: Rendered, content: MailContent) => Rendered): Meddle {
  return (deps) => ({
    ...deps,
    write: async (content, envelope) => {
      const rendered = change(render(content), content);
      return { subject: rendered.subject, bytes: await toBytes({ rendered, ...envelope }) };
    },
  });
}

/** Several things go wrong in one life. */
export const all =
  (...meddles: readonly Meddle[]): Meddle =>
  (deps) =>
    meddles.reduce((meddled, meddle) => meddle(meddled), deps);

/** Something held up until a test lets go of it; `reached` says that it is being held. */
export interface Gate {
  reached: Promise<void>;
  open(): void;
  /** Waits until the gate opens. */
  pass(): Promise<void>;
}

/** A gate that is shut. */
export function gate(): Gate {
  let open = () => {};
  let arrive = () => {};
  const opened = new Promise<void>((done) => {
    open = done;
  });
  const reached = new Promise<void>((done) => {
    arrive = done;
  });
  return {
    reached,
    open,
    pass: () => {
      arrive();
      return opened;
    },
  };
}

/** Holds up, once, the first review for which `chosen` says so, just before it commits: it has read everything, and it holds its locks. */
export function holdingReview(at: Gate, chosen: (review: Statements) => boolean): Meddle {
  let done = false;
  const before: Watch = async (text, statements) => {
    if (done || text !== 'commit' || !isReview(statements) || !chosen(statements)) return;
    done = true;
    await at.pass();
  };
  return (deps) => ({ ...deps, store: watched(deps.store, { before }) });
}

/** Holds up, once, the sending of the first mail for which `chosen` says so. */
export function holdingMail(at: Gate, chosen: (store: Store) => Promise<boolean>): Meddle {
  let done = false;
  return (deps) => ({
    ...deps,
    transport: {
      ...deps.transport,
      send: async (mail) => {
        if (!done && (await chosen(deps.store)) && !done) {
          done = true;
          await at.pass();
        }
        return deps.transport.send(mail);
      },
    },
  });
}

/**
 * All that counts of what was lived, to compare two lives: asks and who filled them, facts, mails, the journal. To the hour: nobody in them does
 * anything near a full one, and while a worker is away the minutes pass, as many as this machine takes to bring it back.
 */
export function gist({ asks, facts, mails, journal, status, projects, local }: Chronicle): Record<string, unknown> {
  const hourOf = (at: number) => `${local(at).slice(0, 13)} h`;
  return {
    status,
    projects: projects.map(({ id, outcome, ended_on }) => [id, outcome, ended_on]),
    asks: asks.map((a) => [a.id, a.due, a.outcome, a.result, a.closedOn, a.people.map((p) => [p.person, p.closed])]).sort(byText),
    facts: facts.map(({ id, recorded_on, outcome, items }) => [id, recorded_on, outcome, items]).sort(byText),
    mails: mails
      .map((m) => [hourOf(m.at), m.person, m.template, m.messageId, m.asks.map(({ ask, rung }) => `${ask} ${rung}`).sort()])
      .sort(byText),
    journal: journal.map(({ at, actor, verb, subject }) => [hourOf(at), actor, verb, subject]).sort(byText),
  };
}

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
