import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import type { FactSpec } from '../../domain/facts.js';
import { mailText } from '../../rehearsal/mailtext.js';
import type { Store } from '../../store/db.js';
import { preferencesLinkOf } from '../../store/links.js';
import { peopleOf } from '../../store/people.js';
import { savePreferences } from '../../store/preferences.js';
import { publicUrl } from '../support/chronicle.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey, scripted } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;
const over = (step: 'interviews' | 'diagnosis', version = 1): FactSpec => ({
  what: 'finished',
  step,
  version,
  generation: 1,
  outcome: 'complete',
});
const said = { problems: 'Le secret de la maison', existing: 'Peu', missing: 'Tout', leads: 'Un bus' };

/** The digests of a bench, a line each: to whom, when it is due, how it stands. */
async function digests({ mails, calendar }: Bench): Promise<string[]> {
  const all = (await mails()).filter(({ template }) => template === 'digest');
  return all.map(({ person, due_at, state }) => `${person} ${calendar.dateOf(due_at.getTime())} ${state}`).sort();
}

/** What a digest that left says, as it is read. */
async function read(sent: { to: string; bytes: Buffer }[], person: string): Promise<string> {
  const own = await Promise.all(sent.filter(({ to }) => to.startsWith(`${person}@`)).map(({ bytes }) => simpleParser(bytes)));
  return own.find(({ subject }) => /point de la semaine|week of/.test(subject ?? ''))?.text ?? '';
}

/** Interviews asked on Monday 7 June 2027 and over on Thursday the 10th, with the answer of `transports`, as a pump would have lived it. */
async function begun(): Promise<Bench> {
  const bench = await database.bench((file) => void file.interviews.push('transports'));
  await bench.review(bench.on('2027-06-07'), [interview]);
  await bench.deliver(bench.on('2027-06-07'));
  for (const person of ['direction', 'sante']) await bench.answer(interview, person, said, bench.on('2027-06-09', '10:00'));
  await bench.answer(interview, 'transports', said, bench.on('2027-06-10', '10:00'));
  await bench.review(bench.on('2027-06-10', '10:00'), [interview]);
  await bench.review(bench.on('2027-06-10', '10:01'), [], { facts: [over('interviews')] });
  return bench;
}
const refOf = async ({ store, id }: Bench, person: string) => (await peopleOf(store.pool, id, [person])).get(person)?.ref ?? '';

describe('the weekly digest', () => {
  test('is queued on Monday at 9:00, once for each person for whom something moved but whoever moved it, and wakes the pump for it', async () => {
    const bench = await begun();
    const friday = await bench.review(bench.on('2027-06-11'));
    expect(friday.wakeAt).toBe(bench.on('2027-06-14'));
    expect(await digests(bench)).toEqual([]);
    const monday = await bench.review(bench.on('2027-06-14'));
    expect(monday).toMatchObject({ mail: true, wakeAt: null });
    const all = ['coordo', 'direction', 'incubateur', 'sante'].map((person) => `${person} 2027-06-14 queued`);
    expect(await digests(bench)).toEqual(all);
    await bench.review(bench.on('2027-06-14', '09:05'));
    await bench.review(bench.on('2027-06-18'));
    expect(await digests(bench)).toEqual(all);
  });

  test('is not sent when nothing has moved since, and never tells a thing twice', async () => {
    const bench = await begun();
    for (const day of ['2027-06-14', '2027-06-21', '2027-06-28']) {
      await bench.review(bench.on(day));
      await bench.deliver(bench.on(day));
    }
    expect((await digests(bench)).filter((line) => !line.includes('2027-06-14'))).toEqual([]);
  });

  test('tells what happens at the very instant at which it is made the week after, not never', async () => {
    const bench = await begun();
    const monday = bench.on('2027-06-14');
    await bench.review(monday);
    await bench.review(monday, [], { facts: [over('diagnosis')] });
    await bench.review(bench.on('2027-06-21'));
    expect((await digests(bench)).filter((line) => line.includes('2027-06-21'))).toHaveLength(5);
  });

  test('is one after an outage over several Mondays, in working hours, and tells of all of it', async () => {
    const bench = await begun();
    await bench.review(bench.on('2027-06-26', '11:00')); // a Saturday
    expect(await digests(bench)).toEqual([]);
    const saturday = await bench.review(bench.on('2027-06-26', '11:01'));
    expect(saturday.wakeAt).toBe(bench.on('2027-06-28'));
    await bench.review(bench.on('2027-06-30', '14:00')); // Monday was missed too
    expect(await digests(bench)).toEqual(['coordo', 'direction', 'incubateur', 'sante'].map((person) => `${person} 2027-06-30 queued`));
    const transport = scripted();
    await bench.deliver(bench.on('2027-06-30', '14:00'), transport);
    expect(await read(transport.sent, 'sante')).toContain('Entretiens croisés terminés le jeudi 10 juin');
    await bench.review(bench.on('2027-07-05'));
    expect(await digests(bench)).toHaveLength(4);
  });

  test('loses nothing when an outage ends in the hour before it: it leaves at 9:00, alone, and tells of that hour too', async () => {
    const bench = await begun(); // Monday 14 June was missed
    const early = await bench.review(bench.on('2027-06-21', '08:20'));
    expect([early.wakeAt, await digests(bench)]).toEqual([bench.on('2027-06-21'), []]);
    await bench.review(bench.on('2027-06-21', '08:40'), [], { facts: [over('diagnosis')] });
    await bench.review(bench.on('2027-06-21'));
    expect((await digests(bench)).filter((line) => line.startsWith('sante'))).toEqual(['sante 2027-06-21 queued']);
    const transport = scripted();
    await bench.deliver(bench.on('2027-06-21'), transport);
    const text = await read(transport.sent, 'sante');
    expect(text).toContain('Entretiens croisés terminés le jeudi 10 juin');
    expect(text).toContain('Diagnostic déposé');
    await bench.review(bench.on('2027-06-28'));
    expect((await digests(bench)).filter((line) => line.startsWith('sante'))).toHaveLength(1);
  });

  test('waits for the next working day where Monday is off, and for the end of a closure', async () => {
    const bench = await begun();
    await bench.review(bench.on('2027-06-14'));
    await bench.review(bench.on('2027-07-30', '16:00'), [], { facts: [over('diagnosis')] });
    const closed = await bench.review(bench.on('2027-08-02'));
    expect(closed.wakeAt).toBe(bench.on('2027-08-09'));
    await bench.review(bench.on('2027-08-09'));
    expect((await digests(bench)).filter((line) => line.includes('2027-08'))).toContain('sante 2027-08-09 queued');
  });

  test('tells of the projects the week after their letters, however long those waited for the end of a closure', async () => {
    const bench = await begun();
    const selected: FactSpec = { what: 'projects', step: 'selection-approval', version: 1, generation: 1 };
    await bench.review(bench.on('2027-07-30', '20:00'), [], { facts: [selected] }); // letters leave on Monday 9 August
    for (const day of ['2027-08-09', '2027-08-16', '2027-08-23']) await bench.review(bench.on(day));
    const told = (await digests(bench)).filter((line) => line.includes('2027-08'));
    expect(told.filter((line) => line.startsWith('coordo'))).toEqual(['coordo 2027-08-09 queued', 'coordo 2027-08-16 queued']);
    const transport = scripted();
    await bench.deliver(bench.on('2027-08-23', '09:01'), transport);
    expect(
      (await Promise.all(transport.sent.map(({ bytes }) => simpleParser(bytes)))).filter(({ text }) =>
        text?.includes('Décisions annoncées'),
      ),
    ).toHaveLength(told.filter((line) => line.includes('2027-08-16')).length);
  });

  test('wakes nobody while nothing moves', async () => {
    const bench = await begun();
    await bench.review(bench.on('2027-06-14'));
    expect((await bench.review(bench.on('2027-06-15'))).wakeAt).toBeNull();
  });

  test('goes to nobody who wants none, in the language of who does, and not even when they say so after it was queued', async () => {
    const bench = await begun();
    const realNow = bench.on('2027-06-11');
    await savePreferences(bench.store, { ref: await refOf(bench, 'sante'), digest: false, realNow });
    await savePreferences(bench.store, { ref: await refOf(bench, 'coordo'), locale: 'en', realNow });
    await bench.review(bench.on('2027-06-14'));
    await savePreferences(bench.store, { ref: await refOf(bench, 'direction'), digest: false, realNow });
    const transport = scripted();
    await bench.deliver(bench.on('2027-06-14'), transport);
    expect(await digests(bench)).toEqual(['coordo 2027-06-14 accepted', 'direction 2027-06-14 dropped', 'incubateur 2027-06-14 accepted']);
    expect(await read(transport.sent, 'coordo')).toContain('Cross interviews finished on Thursday 10 June');
  });

  test('is dropped when its edition has ended meanwhile', async () => {
    const bench = await begun();
    await bench.review(bench.on('2027-06-14'));
    await bench.store.pool.query(`update edition set status = 'cancelled' where id = $1`, [bench.id]);
    await bench.deliver(bench.on('2027-06-14', '09:01'));
    expect((await digests(bench)).map((line) => line.split(' ').at(-1))).toEqual(['dropped', 'dropped', 'dropped', 'dropped']);
    await bench.review(bench.on('2027-06-21'));
    expect(await digests(bench)).toHaveLength(4);
  });

  test('lists what is asked of its reader as it is when it leaves, not what a reminder says the same day', async () => {
    const bench = await begun();
    const diagnosis = { step: 'diagnosis', kind: 'document' } as const;
    const call = { step: 'call-writing', kind: 'document' } as const; // only to have two at once
    await bench.review(bench.on('2027-06-11'), [diagnosis, call]); // due on Friday 25th and 18th
    await bench.deliver(bench.on('2027-06-11'));
    await bench.review(bench.on('2027-06-14'), [diagnosis, call]);
    const first = scripted();
    await bench.deliver(bench.on('2027-06-14'), first);
    const text = await read(first.sent, 'coordo');
    expect(text).toContain('Ce qui vous est demandé');
    for (const asked of [diagnosis, call]) expect(text).toContain(`${publicUrl}/a/${bench.request(asked, 'coordo')}/`);

    // the week after, one of the two has its answer between the review and the sending, and a reminder of the other leaves with the digest
    await bench.review(bench.on('2027-06-16', '11:00'), [diagnosis, call], { facts: [over('diagnosis', 2)] });
    await bench.deliver(bench.on('2027-06-16', '11:00'));
    await bench.review(bench.on('2027-06-21'), [diagnosis, call]);
    await bench.answer(diagnosis, 'coordo', { title: 'Diagnostic', body: 'Le texte' }, bench.on('2027-06-21'));
    const second = scripted();
    await bench.deliver(bench.on('2027-06-21', '09:01'), second);
    const reminders = (await bench.mails()).filter(
      ({ asks, sent_at, person }) => person === 'coordo' && asks.length > 0 && (sent_at?.getTime() ?? 0) >= bench.on('2027-06-21'),
    );
    const again = await read(second.sent, 'coordo');
    expect(again).toContain('Diagnostic déposé');
    expect(again).not.toContain(bench.request(diagnosis, 'coordo'));
    const remindedOfCall = reminders.some(({ asks }) => asks.some(({ ask }) => ask === bench.idOf(call)));
    expect(again.includes(bench.request(call, 'coordo'))).toBe(!remindedOfCall);
  });

  test('tells coordinators, and nobody else, who is late; and carries nothing that anybody wrote', async () => {
    const bench = await database.bench();
    const relay = { step: 'call-open', kind: 'relay' } as const;
    await bench.review(bench.on('2027-06-07'), [interview]);
    await bench.answer(interview, 'direction', said, bench.on('2027-06-08'));
    await bench.review(bench.on('2027-06-24'), [interview, relay], { facts: [over('diagnosis')] }); // interviews were due on the 18th
    await bench.review(bench.on('2027-06-28'), [interview, relay]);
    const transport = scripted();
    await bench.deliver(bench.on('2027-06-28'), transport);
    const texts = new Map(
      await Promise.all(['coordo', 'incubateur', 'direction', 'sante'].map(async (who) => [who, await read(transport.sent, who)] as const)),
    );
    expect(texts.get('direction')).toContain('Diagnostic déposé');
    for (const who of ['direction', 'sante']) expect(texts.get(who)).not.toMatch(/en retard|Service Santé/);
    expect([...texts.values()].join('')).not.toContain('secret de la maison');
    for (const who of ['coordo', 'incubateur'])
      expect(texts.get(who)).toContain(
        'Ce qui est en retard\n\n- Service Santé : réponse aux entretiens croisés, attendue depuis le vendredi 18 juin',
      );
  });

  test('can be stopped with one click of a mail program, as no other mail can', async () => {
    const bench = await begun();
    await bench.review(bench.on('2027-06-14'), [{ step: 'diagnosis', kind: 'document' }]);
    const transport = scripted();
    await bench.deliver(bench.on('2027-06-14'), transport);
    const raw = transport.sent.map(({ to, bytes }) => ({ to, text: bytes.toString().replaceAll(/\r\n[ \t]+/g, ' ') }));
    const own = preferencesLinkOf(publicUrl, linkKey, { ref: await refOf(bench, 'sante'), n: 1 });
    const marked = raw.filter(({ text }) => text.includes('List-Unsubscribe'));
    const toSante = marked.find(({ to }) => to === 'sante@plateau.example')?.text;
    expect(toSante).toContain(`List-Unsubscribe: <${own}>`);
    expect(toSante).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(marked).toHaveLength((await digests(bench)).length);
    expect(raw.length).toBeGreaterThan(marked.length);
    for (const { bytes } of transport.sent) expect(mailText(bytes.toString()).plain).toContain(`${publicUrl}/p/`);
  });

  test('costs as many statements for hundreds as for a few', async () => {
    const few = await begun();
    const many = await database.bench((file) => {
      for (let n = 0; n < 300; n++)
        file.people.push({ id: `acteur-${n}`, role: 'field', name: `Acteur ${n}`, email: `acteur-${n}@terrain.example` });
      file.interviews.push(...Array.from({ length: 300 }, (_, n) => `acteur-${n}`));
    });
    await many.review(many.on('2027-06-07'), [interview]);
    const approved = (version: number): FactSpec => ({
      what: 'finished',
      step: 'diagnosis-approval',
      version,
      generation: 1,
      outcome: 'approved',
    });
    const counted = async (bench: Bench, facts: FactSpec[]) => {
      await bench.review(bench.on('2027-06-11'), [], { facts });
      const { store, count } = counting(bench.store);
      const { review } = await import('../../activities/review/index.js');
      await review(store, { edition: bench.id, epoch: 1, at: bench.on('2027-06-14'), asks: [], facts: [], incidents: [] });
      return count();
    };
    const [one, other] = [await counted(few, [approved(1)]), await counted(many, [approved(1)])];
    expect((await digests(many)).length).toBeGreaterThan(300);
    expect(other).toBeLessThanOrEqual(one + 5); // its interviews are still open: reminders
  });
});

/** A store that counts what it is asked. */
function counting(store: Store): { store: Store; count(): number } {
  let asked = 0;
  const counted: Store = {
    ...store,
    pool: {
      query: (...given) => {
        asked++;
        return store.pool.query(...given);
      },
      connect: async () => {
        const tx = await store.pool.connect();
        return {
          release: (error) => tx.release(error),
          query: (...given) => {
            asked++;
            return tx.query(...given);
          },
        };
      },
    },
  };
  return { store: counted, count: () => asked };
}
