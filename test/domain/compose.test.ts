import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { INSTALLATION, readConfig, variables } from '../../config.js';
import { SEARCH_ATTRIBUTES, SERVER_VERSION } from '../../embedded/temporal-config.js';

// There is no Docker engine where tests run: what can be checked of the files without one.
const root = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const text = read('docker-compose.yml');

const service = z
  .object({
    image: z.string(),
    build: z.string().optional(),
    command: z.array(z.string()).optional(),
    environment: z.record(z.string(), z.string()).default({}),
    ports: z.array(z.string()).default([]),
    depends_on: z
      .record(z.string(), z.object({ condition: z.enum(['service_healthy', 'service_completed_successfully']) }).strict())
      .default({}),
    healthcheck: z
      .object({ test: z.array(z.string()), interval: z.string(), timeout: z.string(), retries: z.number() })
      .loose()
      .optional(),
    'x-no-healthcheck': z.string().optional(),
    configs: z.array(z.object({ source: z.string(), target: z.string() }).loose()).default([]),
    volumes: z.array(z.string()).default([]),
    profiles: z.array(z.string()).default([]),
  })
  .loose();

const compose = z
  .object({
    services: z.record(z.string(), service),
    volumes: z.record(z.string(), z.unknown()),
    configs: z.record(z.string(), z.object({ content: z.string() })),
  })
  .loose()
  .parse(parse(text, { merge: true }));

const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);
const example = Object.fromEntries(
  read('.env.example')
    .split('\n')
    .filter((line) => /^[A-Z_]+=/.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).replace(/^"|"$/g, '')]),
);
const asked = [...new Set([...text.matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name = '']) => name))];

/** What compose would make of a value, with the example's values and made-up secrets. */
const filled = (value: string) =>
  value.replace(
    /\$\{([A-Z_]+)(?::-([^}]*)|:\?)?\}/g,
    (_, name: string, otherwise?: string) => example[name] || (otherwise ?? 'ab'.repeat(32)),
  );

test.each(services)('%s runs an image of one exact version', (_, { image }) => {
  expect(image).toMatch(/^[a-z0-9./-]+:v?\d+\.\d+(\.\d+)?(-[a-z0-9]+)?$/);
});

test('images of the same thing are of the same version as the rest of the project', () => {
  expect(compose.services.temporal?.image).toBe(`temporalio/server:${SERVER_VERSION}`);
  expect(compose.services['temporal-schema']?.image).toBe(`temporalio/admin-tools:${SERVER_VERSION}`);
  expect(compose.services['temporal-setup']?.image).toBe(compose.services['temporal-schema']?.image);
  expect(ours.map(([, { image }]) => image)).toEqual(ours.map(() => `troismains:${JSON.parse(read('package.json')).version}`));
  expect(read('Dockerfile').match(/^FROM node:\d+\.\d+\.\d+-bookworm-slim/gm)).toHaveLength(2);
});

test.each(services)('%s says whether it is well, or why it need not', (_, { healthcheck, 'x-no-healthcheck': reason }) => {
  expect(healthcheck?.test[0] ?? reason).toBeTruthy();
});

test('whatever is waited for exists, and ends or has a health of its own', () => {
  for (const [, { depends_on }] of services) {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      expect(Object.keys(compose.services)).toContain(name);
      expect(compose.services[name]?.healthcheck !== undefined).toBe(condition === 'service_healthy');
    }
  }
});

test('every mounted volume and configuration is declared', () => {
  for (const [, { volumes, configs }] of services) {
    for (const { source } of configs) expect(Object.keys(compose.configs)).toContain(source);
    for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  }
});

test('nothing is published beyond loopback', () => {
  for (const [, { ports }] of services) for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
});

test('no secret is in the file: each comes from the environment, and the example names it without a value', () => {
  // what must be there has no default; what may be left out is empty then. Where a file is, is no secret
  const secret = (name: string) => /PASSWORD|PWD|KEY|TOKEN/.test(name) && !name.endsWith('_FILE');
  for (const [, { environment }] of services) {
    for (const [name, value] of Object.entries(environment)) if (secret(name)) expect(value).toMatch(/^\$\{[A-Z_]+:[?-]\}$/);
  }
  for (const name of asked) expect(Object.keys(example)).toContain(name);
  for (const [name, value] of Object.entries(example)) if (secret(name)) expect(value).toBe('');
});

test.each(ours)('%s is told all that an installation needs, and nothing that nobody reads', (_, { environment }) => {
  const known = [...Object.keys(variables.shape), 'TEMPORAL_NAMESPACE'];
  for (const name of Object.keys(environment)) expect(known).toContain(name);
  const env = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value)]));
  const config = readConfig(env, INSTALLATION);
  expect(config).toMatchObject({
    databaseUrl: expect.stringContaining('@postgres:5432/troismains'),
    temporal: { own: true, address: 'temporal:7233' },
  });
});

test('the search attributes that are made are those the engine uses', () => {
  const script = z.array(z.string()).parse(compose.services['temporal-setup']?.command).join(' ');
  for (const [name, type] of Object.entries(SEARCH_ATTRIBUTES)) expect(script).toContain(`--name ${name} --type ${type}`);
});
