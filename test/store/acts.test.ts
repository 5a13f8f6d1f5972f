import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Raw } from '../../domain/asks/forms.js';
import { cancelEdition } from '../../store/acts/cancel-edition.js';
import { close } from '../../store/acts/close.js';
import { delegate } from '../../store/acts/delegate.js';
import { saveDraft } from '../../store/acts/draft.js';
import { freshLink } from '../../store/acts/fresh-link.js';
import { journal } from '../../store/audit.js';
import { peopleOf } from '../../store/people.js';
import { findView } from '../../store/views/index.js';
import { owedWakes } from '../../store/wakes.js';
import { type Asked, type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;
const stage = { step: 'diagnosis-approval', kind: 'approve', part: '1', after: '2027-06-04' } as const;
const said: Raw = { problems: 'Le médecin est loin.' };
const yes: Raw = { decision: 'approved' };

async function opened(...asks: Asked[]): Promise<Bench> {
  const bench = await database.bench();
  await bench.review(bench.on('2027-06-07'), asks);
  return bench;
}
/** Opened on Monday 7 June; here it is Tuesday, 10:00. */
const tuesday = (bench: Bench, time = '10:00') => bench.on('2027-06-08', time);
const owes = async ({ store, id }: Bench) => (await owedWakes(store.pool, Number.MAX_SAFE_INTEGER / 8)).includes(id);
const lines = async ({ store, id }: Bench) =>
  (await journal(store.pool, id)).filter((line) => line.actor !== 'programme').map((line) => `${line.actor} ${line.verb}`);

describe('an answer', () => {
  test('is recorded with its journal entry and its receipt, in one transaction', async () => {
    const bench = await opened(interview);
    expect(await bench.answer(interview, 'sante', said, tuesday(bench))).toEqual({ ok: true, edition: bench.id, wake: false });
    expect(await bench.places(interview)).toEqual(['direction open', 'sante answered']);
    expect(await lines(bench)).toEqual(['sante ask.answered']);
    expect((await bench.mails()).filter((mail) => mail.template === 'receipt').map((mail) => mail.person)).toEqual(['sante']);
    const view = await findView(bench.store.pool, bench.request(interview, 'sante'), () => tuesday(bench));
    expect(view?.closed).toMatchObject({ state: 'answered', at: tuesday(bench), answer: said });
  });

  test('is given once', async () => {
    const bench = await opened(interview);
    await bench.answer(interview, 'sante', said, tuesday(bench));
    expect(await bench.answer(interview, 'sante', { problems: 'Autre chose.' }, tuesday(bench))).toEqual({
      ok: false,
      reason: 'already-answered',
    });
    expect((await lines(bench)).length).toBe(1);
  });

  test('is given once when a form is sent twice at one moment', async () => {
    const bench = await opened(interview);
    const acts = await Promise.all(Array.from({ length: 5 }, () => bench.answer(interview, 'sante', said, tuesday(bench))));
    expect(acts.filter((act) => act.ok && !act.wake)).toHaveLength(5);
    expect(await lines(bench)).toEqual(['sante ask.answered']);
    expect((await bench.mails()).filter((mail) => mail.template === 'receipt')).toHaveLength(1);
  });

  test('is the same when it comes again, also after its ask has ended: a second click is told what the first was', async () => {
    const bench = await opened(interview);
    for (const person of ['sante', 'direction']) await bench.answer(interview, person, said, tuesday(bench));
    await bench.review(tuesday(bench), [interview]);
    expect((await bench.ask(interview)).outcome).toBe('complete');
    expect(await bench.answer(interview, 'sante', said, tuesday(bench))).toMatchObject({ ok: true, wake: false });
    expect(await bench.answer(interview, 'sante', { problems: 'Autre chose.' }, tuesday(bench))).toMatchObject({ ok: false });
    expect((await lines(bench)).length).toBe(2);
  });

  test('owes a wake only when the ask can now settle', async () => {
    const bench = await opened(interview);
    expect(await bench.answer(interview, 'sante', said, tuesday(bench))).toMatchObject({ wake: false });
    expect(await owes(bench)).toBe(false);
    expect(await bench.answer(interview, 'direction', said, tuesday(bench))).toMatchObject({ wake: true });
    expect(await owes(bench)).toBe(true);
    await bench.review(tuesday(bench), [interview]);
    expect(await owes(bench)).toBe(false);
  });

  test('among two last ones at one moment: the ask settles once, and one wake is owed', async () => {
    for (let round = 0; round < 5; round++) {
      const bench = await opened(stage);
      const acts = await Promise.all(['sante', 'transports'].map((person) => bench.answer(stage, person, yes, tuesday(bench))));
      expect(acts.map((act) => act.ok)).toEqual([true, true]);
      expect(acts.filter((act) => act.ok && act.wake)).toHaveLength(1);
      const { rows } = await bench.store.pool.query('select since from pending_wake where edition = $1', [bench.id]);
      expect(rows).toHaveLength(1);
      const { settled } = await bench.review(tuesday(bench), [stage]);
      expect(settled).toMatchObject([{ outcome: 'complete', result: 'approved' }]);
      expect((await journal(bench.store.pool, bench.id)).filter((line) => line.verb === 'ask.settled')).toHaveLength(1);
    }
  });

  test('meets a review at one moment without a deadlock, and one of them sees the other', async () => {
    const bench = await opened(stage);
    await bench.answer(stage, 'sante', yes, tuesday(bench));
    const [act] = await Promise.all([
      bench.answer(stage, 'transports', yes, tuesday(bench)),
      ...Array.from({ length: 4 }, () => bench.review(tuesday(bench), [stage])),
    ]);
    expect(act).toMatchObject({ ok: true, wake: true });
    const settled = (await bench.ask(stage)).outcome === 'complete';
    expect(settled || (await owes(bench))).toBe(true);
  });

  test.each([
    [
      'settled',
      async (bench: Bench) => void (await bench.answer(stage, 'transports', { decision: 'refused', remarks: 'Non.' }, tuesday(bench))),
    ],
    [
      'closed by hand',
      async (bench: Bench) => void (await close(bench.store, { ask: bench.idOf(stage), reason: 'x', realNow: tuesday(bench) })),
    ],
    [
      'cancelled with its edition',
      async (bench: Bench) => void (await cancelEdition(bench.store, { edition: bench.id, reason: 'x', realNow: tuesday(bench) })),
    ],
  ])('comes too late once the ask is %s', async (_, end) => {
    const bench = await opened(stage);
    await end(bench);
    await bench.review(tuesday(bench), [stage]);
    expect(await bench.answer(stage, 'sante', yes, tuesday(bench, '11:00'))).toEqual({ ok: false, reason: 'closed' });
    expect(await saveDraft(bench.store, { request: bench.request(stage, 'sante'), raw: yes, realNow: tuesday(bench) })).toMatchObject({
      reason: 'closed',
    });
  });

  test('comes too late at once when a coordinator has closed the ask, before any review has seen it', async () => {
    const bench = await opened(stage);
    await close(bench.store, { ask: bench.idOf(stage), reason: 'x', realNow: tuesday(bench) });
    expect(await bench.answer(stage, 'sante', yes, tuesday(bench))).toEqual({ ok: false, reason: 'closed' });
  });

  test('is refused to a session that is only announced', async () => {
    const session = { step: 'field', kind: 'session', project: 'p-01', part: '2027-06-16', after: '2027-06-04' } as const;
    const bench = await database.bench();
    await project(bench);
    await bench.review(bench.on('2027-06-07'), [session]);
    expect(await bench.answer(session, 'porteuse', { held: 'yes' }, tuesday(bench))).toEqual({ ok: false, reason: 'closed' });
  });

  test('moves a session to a day on which its project has none, nor is about to have one', async () => {
    const session = (part: string) => ({ step: 'field', kind: 'session', project: 'p-01', part, after: '2027-06-04' }) as const;
    const bench = await database.bench();
    await project(bench);
    const [first, second, third] = ['2027-06-16', '2027-06-23', '2027-06-30'].map(session) as [Asked, Asked, Asked];
    const decide = (about: Asked): Asked => ({
      ...{ step: 'field', kind: 'decide', project: 'p-01', part: `session-${about.part}`, choices: ['move', 'drop'] },
      about: bench.idOf(about),
    });
    const asked = [first, second, third, decide(first), decide(second)];
    await bench.review(bench.on('2027-06-07'), asked);
    const move = (about: Asked, date: string) =>
      bench.answer(decide(about), 'coordo', { choice: 'move', date, reason: 'Grève.' }, tuesday(bench));
    const refused = { reason: 'invalid', problems: [{ field: 'date', problem: 'same-day' }] };
    expect(await move(first, '2027-06-30')).toMatchObject(refused);
    expect(await move(first, '2027-07-02')).toMatchObject({ ok: true });
    expect(await move(second, '2027-07-02')).toMatchObject(refused); // on its way there
    expect(await move(second, '2027-07-05')).toMatchObject({ ok: true });
    expect(await move(second, '2027-07-05')).toMatchObject({ ok: true }); // a second click
    await bench.review(tuesday(bench), asked);
    expect((await bench.ask(decide(first))).items).toEqual(['2027-07-02']);
  });

  test('is refused to whoever has no place', async () => {
    const bench = await opened(interview);
    expect(await bench.answer(interview, 'coordo', said, tuesday(bench))).toEqual({ ok: false, reason: 'unknown' });
  });

  test('is still taken after the due day, as long as the ask is open', async () => {
    const bench = await opened(interview);
    expect(await bench.answer(interview, 'sante', said, bench.on('2027-07-10', '03:00'))).toMatchObject({ ok: true });
  });
});

describe('a hard end', () => {
  const relay = { step: 'call-open', kind: 'relay', after: '2027-06-04' } as const;

  test('refuses by the clock, to the millisecond, though no review has run', async () => {
    const bench = await opened(relay);
    const end = bench.on('2027-06-22', '00:00');
    expect((await bench.ask(relay)).ends_at?.getTime()).toBe(end);
    expect(await bench.answer(relay, 'reseau', { spread: 'yes' }, end - 1)).toMatchObject({ ok: true });
    expect(await bench.answer(relay, 'presse', { spread: 'yes' }, end)).toEqual({ ok: false, reason: 'late' });
    expect(await saveDraft(bench.store, { request: bench.request(relay, 'presse'), raw: {}, realNow: end })).toMatchObject({
      reason: 'late',
    });
    const to = { name: 'X', email: 'x@presse.example' };
    expect(await delegate(bench.store, { request: bench.request(relay, 'presse'), ...to, realNow: end })).toMatchObject({ reason: 'late' });
  });
});

describe('a delegation', () => {
  const to = { name: 'Cheffe de pôle', email: 'cheffe@plateau.example' };
  const pass = (bench: Bench, person = 'sante', change: Partial<typeof to> = {}) =>
    delegate(bench.store, { request: bench.request(interview, person), ...to, ...change, realNow: tuesday(bench) });

  test('passes the seat on: the trail shows both, the principal’s link says who answers, the delegate gets an opening', async () => {
    const bench = await opened(interview);
    expect(await pass(bench)).toEqual({ ok: true, edition: bench.id, wake: true });
    expect(await bench.holders(interview)).toMatchObject([
      { person: 'direction' },
      { person: 'sante', seat: 'sante', closed: 'delegated' },
      { person: 'sante-1', seat: 'sante', joined: 'delegate', on_behalf_of: 'sante', closed: null },
    ]);
    const seen = async (person: string) => findView(bench.store.pool, bench.request(interview, person), () => tuesday(bench));
    expect((await seen('sante'))?.closed).toMatchObject({ state: 'delegated', by: 'Cheffe de pôle' });
    expect(await seen('sante-1')).toMatchObject({ onBehalfOf: { id: 'sante', name: 'Service Santé' }, person: { role: 'directorate' } });
    expect((await journal(bench.store.pool, bench.id)).at(-1)).toMatchObject({
      actor: 'sante',
      verb: 'ask.delegated',
      detail: { to: 'sante-1' },
    });
    await bench.review(tuesday(bench), [interview]);
    expect(await bench.mailed('sante-1')).toEqual(['2027-06-08 10:00 opening interview']);
  });

  test('leaves one seat, one answer', async () => {
    const bench = await opened(interview);
    await pass(bench);
    expect(await bench.answer(interview, 'sante', said, tuesday(bench))).toMatchObject({ ok: false, reason: 'already-answered' });
    await bench.answer(interview, 'direction', said, tuesday(bench));
    expect(await bench.answer(interview, 'sante-1', said, tuesday(bench))).toMatchObject({ ok: true, wake: true });
    const { settled } = await bench.review(tuesday(bench), [interview]);
    expect(settled).toMatchObject([{ outcome: 'complete' }]);
    expect(await bench.places(interview)).toEqual(['direction answered', 'sante delegated', 'sante-1 answered']);
  });

  test('can be passed on again', async () => {
    const bench = await opened(interview);
    await pass(bench);
    expect(await pass(bench, 'sante-1', { name: 'Autre', email: 'autre@plateau.example' })).toMatchObject({ ok: true });
    const last = (await bench.holders(interview)).find((place) => place.on_behalf_of === 'sante-1')?.person ?? '';
    expect(await bench.answer(interview, last, said, tuesday(bench))).toMatchObject({ ok: true });
    expect((await bench.holders(interview)).map((place) => place.seat)).toEqual(['direction', 'sante', 'sante', 'sante']);
  });

  test('knows people by their address, however it is written', async () => {
    const bench = await opened(interview);
    await pass(bench, 'sante', { name: 'Quelqu’un', email: ' Transports@PLATEAU.example' });
    expect(await bench.places(interview)).toEqual(['direction open', 'sante delegated', 'transports open']);
    expect((await peopleOf(bench.store.pool, bench.id)).get('transports')?.name).toBe('Service Transports');
  });

  test('knows them too in letters composed otherwise, or in punycode, and keeps names composed', async () => {
    const bench = await opened(interview);
    await pass(bench, 'sante', { name: 'Zoé'.normalize('NFD'), email: 'zoé@collectivité.example'.normalize('NFD') });
    expect((await peopleOf(bench.store.pool, bench.id)).get('sante-1')).toMatchObject({
      name: 'Zoé'.normalize('NFC'),
      email: 'zoé@collectivité.example'.normalize('NFC'),
    });
    const again = await pass(bench, 'direction', { name: 'Zoé', email: 'ZOÉ@xn--collectivit-lbb.example' });
    expect(again).toMatchObject({ ok: false, reason: 'address' }); // who is asked already
    expect(await bench.places(interview)).toEqual(['direction open', 'sante delegated', 'sante-1 open']);
  });

  test.each([
    ['who is asked already', { email: 'direction@plateau.example' }],
    ['who is oneself', { email: 'SANTE@plateau.example' }],
    ['at two addresses', { email: 'a@b.example,c@d.example' }],
    ['at no address', { email: 'cheffe' }],
    ['without a name', { name: '  ' }],
    ['with a name of two lines', { name: 'Cheffe\nBcc: tous' }],
  ])('to somebody %s is refused', async (_, change) => {
    const bench = await opened(interview);
    expect(await pass(bench, 'sante', change)).toMatchObject({ ok: false });
    expect(await bench.places(interview)).toEqual(['direction open', 'sante open']);
  });

  test('gives a new person an id that nobody has', async () => {
    const bench = await database.bench(
      (file) => void file.people.push({ id: 'sante-2', role: 'field', name: 'Autre', email: 'a@b.example' }),
    );
    await bench.review(bench.on('2027-06-07'), [interview]);
    expect(await pass(bench)).toMatchObject({ ok: true });
    expect(await pass(bench, 'direction', { email: 'autre@plateau.example' })).toMatchObject({ ok: true });
    expect((await bench.holders(interview)).filter((place) => place.joined === 'delegate')).toHaveLength(2);
  });

  test.each([
    ['the same person for one ask', ['a@b.example', 'a@b.example'], 1],
    ['two people', ['a@b.example', 'c@d.example'], 2],
  ])('by two at one moment, to %s, is no error', async (_, [first = '', second = ''], many) => {
    const bench = await opened(interview);
    const acts = await Promise.all([pass(bench, 'sante', { email: first }), pass(bench, 'direction', { email: second })]);
    expect(acts.filter((act) => act.ok)).toHaveLength(many);
  });

  test('from several asks of one person at one moment makes as many people as there are addresses', async () => {
    const asks = (['diagnosis', 'call-writing'] as const).map((step) => ({ step, kind: 'document', after: '2027-06-04' }) as const);
    const bench = await opened(...asks);
    const acts = await Promise.all(
      asks.flatMap((ask) =>
        ['coordo', 'incubateur'].map((person) =>
          delegate(bench.store, {
            request: bench.request(ask, person),
            name: 'Stagiaire',
            email: `stage-${person}@plateau.example`,
            realNow: tuesday(bench),
          }),
        ),
      ),
    );
    expect(acts.map((act) => act.ok)).toEqual([true, true, true, true]);
    const people = [...(await peopleOf(bench.store.pool, bench.id)).values()].filter((person) => person.name === 'Stagiaire');
    expect(people).toHaveLength(2);
  });
});

describe('a substitute whom the ladder turned to', () => {
  const late = async () => {
    const bench = await opened(interview);
    await bench.review(bench.on('2027-06-22'), [interview]);
    return bench;
  };
  const at = (bench: Bench) => bench.on('2027-06-22', '11:00');

  test('answers from a link of their own, and the first answer counts', async () => {
    const bench = await late();
    expect(await bench.answer(interview, 'adjointe', said, at(bench))).toMatchObject({ ok: true });
    expect(await bench.answer(interview, 'direction', said, at(bench))).toEqual({ ok: false, reason: 'already-answered', by: 'Adjointe' });
    const view = await findView(bench.store.pool, bench.request(interview, 'direction'), () => at(bench));
    expect(view?.closed).toMatchObject({ state: 'not-needed', by: 'Adjointe' });
    await bench.answer(interview, 'sante', said, at(bench));
    await bench.review(at(bench), [interview]);
    expect(await bench.places(interview)).toEqual(['adjointe answered', 'direction not-needed', 'sante answered']);
  });

  test('is not needed any more when the person answers first', async () => {
    const bench = await late();
    await bench.answer(interview, 'direction', said, at(bench));
    expect(await bench.answer(interview, 'adjointe', said, at(bench))).toMatchObject({ ok: false, by: 'Direction' });
  });

  test('and the person they stand for, answering at one moment, are one answer', async () => {
    const bench = await late();
    const acts = await Promise.all(['direction', 'adjointe'].map((person) => bench.answer(interview, person, said, at(bench))));
    expect(acts.filter((act) => act.ok)).toHaveLength(1);
  });
});

describe('what is typed', () => {
  test('is kept until it is sent, and gone after', async () => {
    const bench = await opened(interview);
    const request = bench.request(interview, 'sante');
    const draft = async () => (await findView(bench.store.pool, request, () => tuesday(bench)))?.draft;
    await saveDraft(bench.store, { request, raw: { problems: 'Le' }, realNow: tuesday(bench) });
    await saveDraft(bench.store, { request, raw: { problems: 'Le médecin', leads: ['a', 'b'] }, realNow: tuesday(bench) });
    expect(await draft()).toEqual({ problems: 'Le médecin', leads: ['a', 'b'] });
    expect(await bench.places(interview)).toEqual(['direction open', 'sante open']);
    await bench.answer(interview, 'sante', said, tuesday(bench));
    expect(await draft()).toBeUndefined();
  });

  test('is kept when what was sent is refused', async () => {
    const bench = await opened(interview);
    const request = bench.request(interview, 'sante');
    await saveDraft(bench.store, { request, raw: { leads: 'Une piste' }, realNow: tuesday(bench) });
    expect(await bench.answer(interview, 'sante', { leads: 'Une piste' }, tuesday(bench))).toMatchObject({ ok: false, reason: 'invalid' });
    expect((await findView(bench.store.pool, request, () => tuesday(bench)))?.draft).toEqual({ leads: 'Une piste' });
  });
});

describe('a fresh link', () => {
  test('is mailed to the same address at once, and once in five minutes', async () => {
    const bench = await opened(interview);
    const request = bench.request(interview, 'sante');
    const asked = (time: string) => freshLink(bench.store, { request, realNow: tuesday(bench, time) });
    expect(await asked('22:00')).toMatchObject({ ok: true, wake: true });
    expect(await asked('22:04')).toMatchObject({ ok: true, wake: false });
    expect(await asked('22:05')).toMatchObject({ ok: true, wake: true });
    await bench.deliver(tuesday(bench, '22:05'));
    expect((await bench.mailed('sante')).filter((line) => line.endsWith('link'))).toEqual([
      '2027-06-08 22:05 link',
      '2027-06-08 22:05 link',
    ]);
  });

  test('is mailed once when the button is pressed many times at one moment', async () => {
    const bench = await opened(interview);
    const request = bench.request(interview, 'sante');
    await Promise.all(Array.from({ length: 6 }, () => freshLink(bench.store, { request, realNow: tuesday(bench) })));
    expect((await bench.mails()).filter((mail) => mail.template === 'link')).toHaveLength(1);
  });

  test('is mailed for what was answered, too: it can be read again', async () => {
    const bench = await opened(interview);
    await bench.answer(interview, 'sante', said, tuesday(bench));
    await freshLink(bench.store, { request: bench.request(interview, 'sante'), realNow: tuesday(bench, '12:00') });
    await bench.deliver(tuesday(bench, '12:00'));
    expect(await bench.mailed('sante')).toContain('2027-06-08 12:00 link');
  });

  test('to a place that is not is refused', async () => {
    const bench = await opened(interview);
    expect(await freshLink(bench.store, { request: 'nowhere', realNow: tuesday(bench) })).toEqual({ ok: false, reason: 'unknown' });
  });
});

describe('a form', () => {
  const decide: Asked = { step: 'field', kind: 'decide', project: 'p-01', after: '2027-06-04', choices: ['move', 'drop'] };
  const sitting = { step: 'outcome-approval', kind: 'sitting', project: 'p-01', part: '2027-06-08', after: '2027-06-04' } as const;

  test.each<[string, Asked, string, Raw, string[]]>([
    ['an interview without problems', interview, 'sante', { leads: 'x' }, ['problems required']],
    ['changes without remarks', stage, 'sante', { decision: 'changes-requested' }, ['remarks required']],
    ['a refusal without reasons', stage, 'sante', { decision: 'refused', remarks: ' ' }, ['remarks required']],
    ['a word that is not offered', stage, 'sante', { decision: 'peut-être' }, ['decision not-a-choice']],
    ['nothing at all', stage, 'sante', {}, ['decision required']],
    ['a rejection without reasons', sitting, 'coordo', { decision: 'rejected' }, ['remarks required']],
    ['a move without a day', decide, 'coordo', { choice: 'move', reason: 'x' }, ['date required']],
    ['a decision without a reason', decide, 'coordo', { choice: 'drop' }, ['reason required']],
    ['a choice not offered here', decide, 'coordo', { choice: 'end-edition', reason: 'x' }, ['choice not-a-choice']],
    ['a move to a day that is not', decide, 'coordo', { choice: 'move', date: '2027-02-30', reason: 'x' }, ['date not-a-date']],
    ['a move to a Sunday', decide, 'coordo', { choice: 'move', date: '2027-06-20', reason: 'x' }, ['date not-a-date']],
    ['a move to a day of the closure', decide, 'coordo', { choice: 'move', date: '2027-08-04', reason: 'x' }, ['date not-a-date']],
    ['a move to 14 July', decide, 'coordo', { choice: 'move', date: '2027-07-14', reason: 'x' }, ['date not-a-date']],
    ['a move to today', decide, 'coordo', { choice: 'move', date: '2027-06-08', reason: 'x' }, ['date not-a-date']],
    ['a move to a day past', decide, 'coordo', { choice: 'move', date: '2027-06-07', reason: 'x' }, ['date not-a-date']],
  ])('refuses %s, and says where', async (_, asked, person, raw, problems) => {
    const bench = await database.bench();
    await project(bench);
    await bench.review(tuesday(bench, '09:00'), [asked]);
    const act = await bench.answer(asked, person, raw, tuesday(bench));
    expect(act).toMatchObject({ ok: false, reason: 'invalid' });
    expect(act.ok ? [] : act.problems?.map(({ field, problem }) => `${field} ${problem}`)).toEqual(problems);
  });

  test('takes a move to a working day to come, and the ask names it', async () => {
    const bench = await database.bench();
    await project(bench);
    await bench.review(tuesday(bench, '09:00'), [decide]);
    const act = await bench.answer(decide, 'incubateur', { choice: 'move', date: '2027-06-17', reason: 'grève' }, tuesday(bench));
    expect(act).toMatchObject({ ok: true, wake: true });
    const { settled } = await bench.review(tuesday(bench), [decide]);
    expect(settled).toMatchObject([{ outcome: 'complete', result: 'move', items: ['2027-06-17'] }]);
    expect(await bench.places(decide)).toEqual(['coordo not-needed', 'incubateur answered']);
  });
});

/** A project in the field, without all that comes before it. */
async function project({ store, id }: Bench): Promise<void> {
  await store.pool.query(
    `insert into person (edition, id, role, name, email) values ($1, 'porteuse', 'applicant', 'Porteuse', 'p@asso.example')`,
    [id],
  );
  await store.pool.query(
    `insert into project (edition, id, application, title, need, applicant, directorate) values ($1, 'p-01', 'a-01', 'Le bus', 'soins', 'porteuse', 'sante')`,
    [id],
  );
}
