import { afterAll, describe, expect, test } from '@jest/globals';
import { openIncidents } from '../../store/incidents.js';
import { fetchHistory, type History, namesIn, recordedHistories } from '../support/history.js';
import { clearStage, play } from '../support/small.js';
import { editionFrom } from '../support/source.js';
import { until } from '../support/waiting.js';

afterAll(clearStage);

const people = [{ name: 'Équipe de coordination', email: 'coordo@parc.example' }];
const bytes = (text: string) => Buffer.from(text, 'utf8');

describe('what looks for names in a history', () => {
  const planted: Record<string, History> = {
    'a payload': {
      events: [{ workflowExecutionStartedEventAttributes: { input: { payloads: [{ data: bytes('{"to":"Équipe de coordination"}') }] } } }],
    },
    'a payload, the address in capitals': {
      events: [{ activityTaskScheduledEventAttributes: { input: { payloads: [{ data: bytes('"COORDO@parc.example"') }] } } }],
    },
    "a local activity's marker": {
      events: [{ markerRecordedEventAttributes: { details: { data: { payloads: [{ data: bytes('coordo@parc.example') }] } } } }],
    },
    'a search attribute': {
      events: [
        {
          upsertWorkflowSearchAttributesEventAttributes: {
            searchAttributes: { indexedFields: { WaitingOn: { data: bytes('["Équipe de coordination"]') } } },
          },
        },
      ],
    },
    'a memo': {
      events: [{ workflowExecutionStartedEventAttributes: { memo: { fields: { who: { data: bytes('coordo@parc.example') } } } } }],
    },
    "a timer's summary": { events: [{ userMetadata: { summary: { data: bytes('Relance de Équipe de coordination') } } }] },
    'an id': { events: [{ activityTaskScheduledEventAttributes: { activityId: 'coordo@parc.example' } }] },
    "a failure's message": {
      events: [{ activityTaskFailedEventAttributes: { failure: { cause: { message: 'no mailbox coordo@parc.example' } } } }],
    },
  };
  test.each(Object.keys(planted))('finds one planted in %s', (where) => {
    expect(namesIn(planted[where] ?? {}, people)).toHaveLength(1);
  });
});

test('a failure that quotes people is told to the admin, and to history by its code only', async () => {
  let failures = 3;
  const scene = await play({
    when: () => undefined,
    skipsTime: false,
    at: '10:00',
    meddle: (deps) => ({
      ...deps,
      people: {
        nextAct: async () => null,
        actUntil: async () => {
          if (failures-- > 0)
            throw Object.assign(new Error('Key (email)=(coordo@parc.example) of Équipe de coordination'), { code: '23505' });
        },
      },
    }),
  });
  const { pool } = scene.store;
  const incident = async () => (await openIncidents(pool, scene.edition.id)).find(({ scope }) => scope === 'review');
  await until('it did not fail three times', async () => (await incident())?.times === 3);
  expect(await incident()).toMatchObject({ times: 3, message: expect.stringContaining('coordo@parc.example') });

  await scene.client.workflow.getHandle(scene.workflowId).signal('wake'); // an incident waits for a minute, or for a wake
  const told = await scene.until(({ asks }) => asks.length > 0);
  expect(told.incidents).toEqual([]);
  const everybody = scene.edition.people.map(({ name, email }) => ({ name, email }));
  expect(namesIn(await fetchHistory(scene.client, scene.workflowId), everybody)).toEqual([]);
});

test('the histories kept for replay hold no name and no address', () => {
  const { edition } = editionFrom('val-d-oise-2023');
  for (const { history } of recordedHistories()) expect(namesIn(history, edition.people)).toEqual([]);
});
