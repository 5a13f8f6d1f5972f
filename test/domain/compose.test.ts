import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { INSTALLATION, readConfig, variables, WORKER } from '../../config.js';
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
    secrets: z.array(z.string()).default([]),
    profiles: z.array(z.string()).default([]),
  })
  .loose();

const compose = z
  .object({
    services: z.record(z.string(), service),
    volumes: z.record(z.string(), z.unknown()),
    configs: z.record(z.string(), z.object({ content: z.string() })),
    secrets: z.record(z.string(), z.object({ file: z.string() })),
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

/** What compose would make of a value, with these values, else the example's, and made-up secrets. */
const filled = (value: string, given: Record<string, string> = {}) =>
  value.replace(/\$\{([A-Z_]+)(?::([-+?])([^}]*))?\}/g, (_, name: string, how?: string, other = '') => {
    const is = given[name] || example[name] || '';
    if (how === '+') return is && other;
    return is || (how === '-' ? other : 'ab'.repeat(32));
  });
const environmentOf = (environment: Record<string, string>, given?: Record<string, string>) =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value, given)]));

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

test('every mounted volume, configuration and secret is declared', () => {
  for (const [, { volumes, configs, secrets }] of services) {
    for (const secret of secrets) expect(Object.keys(compose.secrets)).toContain(secret);
    for (const { source } of configs) expect(Object.keys(compose.configs)).toContain(source);
    // a folder of the host, which a variable names, is declared nowhere
    for (const volume of volumes.filter((one) => !one.startsWith('${')))
      expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  }
});

test('nothing is published beyond loopback', () => {
  for (const [, { ports }] of services) for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
});

test('no secret is in the file: each comes from the environment, and the example names it without a value', () => {
  // what must be there has no default; what may be left out is empty then. Where a file is, is no secret
  const secret = (name: string) => /PASSWORD|PWD|KEY|TOKEN|LOGIN|AUTH/.test(name) && !name.endsWith('_FILE');
  for (const [, { environment }] of services) {
    for (const [name, value] of Object.entries(environment)) if (secret(name)) expect(value).toMatch(/^\$\{[A-Z_]+:[?-]\}$/);
  }
  for (const name of asked) expect(Object.keys(example)).toContain(name);
  for (const [name, value] of Object.entries(example)) if (secret(name)) expect(value).toBe('');
});

test.each(ours)('%s is told all that an installation needs, and nothing that nobody reads', (name, { environment }) => {
  const known = [...Object.keys(variables.shape), 'TEMPORAL_NAMESPACE'];
  for (const name of Object.keys(environment)) expect(known).toContain(name);
  const config = readConfig(environmentOf(environment), name === 'worker' ? WORKER : INSTALLATION);
  expect(config).toMatchObject({
    databaseUrl: expect.stringContaining('@postgres:5432/troismains'),
    temporal: { own: true, address: 'temporal:7233' },
  });
});

test('what opens the mail server and what signs is given to the worker alone, the key as a file', () => {
  const keep = (name: string) => /^(SMTP|MAIL|DKIM)_/.test(name);
  const told = services.filter(([, { environment, secrets }]) => secrets.includes('dkim-key') || Object.keys(environment).some(keep));
  expect(told.map(([name]) => name)).toEqual(['worker']);
  const { environment = {}, secrets } = compose.services.worker ?? {};
  const signing = { DKIM_KEY_FILE: '/etc/troismains/dkim.pem' };
  expect(environmentOf(environment, signing).DKIM_KEY_FILE).toBe(`/run/secrets/${secrets?.[0]}`);
  expect(filled(compose.secrets['dkim-key']?.file ?? '', signing)).toBe(signing.DKIM_KEY_FILE);
  expect([environmentOf(environment).DKIM_KEY_FILE, filled(compose.secrets['dkim-key']?.file ?? '')]).toEqual(['', '/dev/null']);
});

test('who may say who somebody is is told to the web alone, as a file', () => {
  const told = services.filter(
    ([, { environment, secrets }]) => secrets.includes('oidc-providers') || 'OIDC_PROVIDERS_FILE' in environment,
  );
  expect(told.map(([name]) => name)).toEqual(['web']);
  const { environment = {} } = compose.services.web ?? {};
  const given = { OIDC_PROVIDERS_FILE: '/etc/troismains/providers.yaml' };
  expect(environmentOf(environment, given).OIDC_PROVIDERS_FILE).toBe('/run/secrets/oidc-providers');
  expect(filled(compose.secrets['oidc-providers']?.file ?? '', given)).toBe(given.OIDC_PROVIDERS_FILE);
  expect([environmentOf(environment).OIDC_PROVIDERS_FILE, filled(compose.secrets['oidc-providers']?.file ?? '')]).toEqual([
    '',
    '/dev/null',
  ]);
});

test('the search attributes that are made are those the engine uses', () => {
  const script = z.array(z.string()).parse(compose.services['temporal-setup']?.command).join(' ');
  for (const [name, type] of Object.entries(SEARCH_ATTRIBUTES)) expect(script).toContain(`--name ${name} --type ${type}`);
});
