import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig, WORKER } from '../../config.js';

const whole = {
  DATABASE_URL: 'postgres://u:p@db:5432/troismains',
  TEMPORAL_ADDRESS: 'temporal:7233',
  SMTP_URL: 'smtp://mail:25',
  MAIL_FROM: 'Trois Mains <troismains@example.org>',
  PUBLIC_URL: 'https://troismains.example.org/',
  LINK_KEY: 'ab'.repeat(32),
};

test('an environment that says nothing is enough for the embedded stack', () => {
  const config = readConfig({});
  expect(config).toMatchObject({ port: 8080, host: '127.0.0.1', taskQueue: 'troismains', language: 'fr', logLevel: 'info' });
  expect(config.temporal).toMatchObject({ own: false, namespace: 'default' });
});

test('an installation reads what it is told, links without a final slash', () => {
  const config = readConfig({ ...whole, TEMPORAL_NAMESPACE: 'territory', LANG: 'en_GB.UTF-8' }, WORKER);
  expect(config).toMatchObject({ publicUrl: 'https://troismains.example.org', language: 'en' });
  expect(config.linkKey).toHaveLength(32);
  expect(config.temporal).toMatchObject({ own: true, address: 'temporal:7233', namespace: 'territory' });
});

test('an API key and TLS reach the Temporal connection', () => {
  const { connection } = readConfig({ TEMPORAL_ADDRESS: 'cloud:7233', TEMPORAL_API_KEY: 'key', TEMPORAL_TLS: 'true' }).temporal;
  expect(connection).toMatchObject({ address: 'cloud:7233', apiKey: 'key' });
  expect(connection.tls).toBeTruthy();
});

test('Temporal Cloud is reached with an API key, which brings TLS along, or with a certificate out of files', () => {
  const cloud = { TEMPORAL_ADDRESS: 'essais.a1b2c.tmprl.cloud:7233', TEMPORAL_NAMESPACE: 'essais.a1b2c' };
  expect(readConfig({ ...cloud, TEMPORAL_API_KEY: 'key' }).temporal.connection.tls).toBeTruthy();
  const folder = mkdtempSync(join(tmpdir(), 'troismains-tls-'));
  try {
    const paths = { TEMPORAL_TLS_CLIENT_CERT_PATH: join(folder, 'tls.crt'), TEMPORAL_TLS_CLIENT_KEY_PATH: join(folder, 'tls.key') };
    writeFileSync(paths.TEMPORAL_TLS_CLIENT_CERT_PATH, 'a certificate');
    writeFileSync(paths.TEMPORAL_TLS_CLIENT_KEY_PATH, 'its key');
    const { namespace, connection } = readConfig({ ...cloud, ...paths }).temporal;
    expect([namespace, connection.tls]).toMatchObject([
      'essais.a1b2c',
      { clientCertPair: { crt: Buffer.from('a certificate'), key: Buffer.from('its key') } },
    ]);
    rmSync(paths.TEMPORAL_TLS_CLIENT_KEY_PATH);
    expect(() => readConfig({ ...cloud, ...paths })).toThrow(/^TEMPORAL_\*: .*tls\.key/s);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('whatever is missing is named, all at once', () => {
  expect(() => readConfig({ DATABASE_URL: whole.DATABASE_URL, SMTP_URL: '' }, WORKER)).toThrow(
    'SMTP_URL is not set\nMAIL_FROM is not set\nPUBLIC_URL is not set\nLINK_KEY (or LINK_KEY_FILE) is not set',
  );
});

test.each([
  ['DATABASE_URL', 'mysql://db/x'],
  ['TEMPORAL_ADDRESS', 'http://temporal'],
  ['SMTP_URL', 'mail.example.org'],
  ['MAIL_FROM', 'Trois Mains'],
  ['MAIL_FROM', 'a@b.fr\nBcc: c@d.fr'],
  ['PUBLIC_URL', 'javascript:alert(1)'],
  ['PORT', '70000'],
  ['LINK_KEY', 'short'],
  ['LINK_KEY', 'ab'.repeat(31)],
  ['LINK_KEY_FILE', '/nowhere'],
  ['LOG_LEVEL', 'loud'],
])('%s=%j is refused by its name', (name, value) => {
  const attempt = () => readConfig({ ...whole, LINK_KEY: undefined, [name]: value });
  expect(attempt).toThrow(ConfigError);
  expect(attempt).toThrow(name);
});

test('a secret never appears in the refusal of it', () => {
  expect(() => readConfig({ LINK_KEY: 'not-a-key-but-secret' })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('secret') }),
  );
  expect(() => readConfig({ DATABASE_URL: 'x://u:secret@h' })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('secret') }),
  );
});

test('the key of the links can be in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'troismains-key-'));
  try {
    writeFileSync(join(folder, 'key'), `${'cd'.repeat(40)}\n`);
    expect(readConfig({ LINK_KEY_FILE: join(folder, 'key') }).linkKey).toHaveLength(40);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('the file of OpenID Connect providers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'troismains-providers-'));
  const file = join(folder, 'providers.yaml');
  afterAll(() => rmSync(folder, { recursive: true }));
  const given = (text: string) => {
    writeFileSync(file, text);
    return readConfig({ OIDC_PROVIDERS_FILE: file }).providers;
  };
  const proconnect = { id: 'proconnect', name: 'ProConnect', issuer: 'https://pc.example/api/v2', clientId: 'c', clientSecret: 'hidden' };
  const one = (more: object) => JSON.stringify({ providers: [{ ...proconnect, ...more }] });

  test('is not asked for', () => {
    expect(readConfig({}).providers).toBeUndefined();
  });

  test('is YAML, with the secret in a file beside it, and says the rest or leaves it at its default', () => {
    writeFileSync(join(folder, 'secret'), 'hidden\n');
    const yaml = `
providers:
  - id: proconnect
    name: ProConnect
    issuer: https://pc.example/api/v2
    clientId: c
    clientSecretFile: secret
    scope: openid email given_name usual_name
    acrValues: [eidas2, eidas3]
    addressesAreVerified: true
    signedUserinfo: true
  - { id: own, name: Essai, issuer: 'http://127.0.0.1:9000', clientId: c, clientSecret: other }
`;
    expect(given(yaml)).toEqual([
      {
        ...proconnect,
        scope: 'openid email given_name usual_name',
        acrValues: ['eidas2', 'eidas3'],
        addressesAreVerified: true,
        signedUserinfo: true,
      },
      {
        ...{ id: 'own', name: 'Essai', issuer: 'http://127.0.0.1:9000', clientId: 'c', clientSecret: 'other' },
        ...{ scope: 'openid email profile', addressesAreVerified: false, signedUserinfo: false },
      },
    ]);
  });

  test('is JSON too', () => {
    expect(given(one({}))).toMatchObject([proconnect]);
  });

  test.each([
    ['id', { id: 'Pro Connect' }],
    ['name', { name: ' ' }],
    ['issuer', { issuer: 'http://pc.example' }],
    ['issuer', { issuer: 'https://pc.example/api/v2/.well-known/openid-configuration' }],
    ['issuer', { issuer: 'https://pc.example/?tenant=1' }],
    ['clientId', { clientId: undefined }],
    ['clientSecretFile', { clientSecret: undefined }],
    ['clientSecretFile', { clientSecretFile: 'secret' }],
    ['clientSecretFile', { clientSecret: undefined, clientSecretFile: 'nowhere' }],
    ['scope', { scope: 'email profile' }],
    ['acrValues', { acrValues: [] }],
    ['acrValues', { acrValues: ['eidas2 eidas3'] }],
    ['addressesAreVerified', { addressesAreVerified: 'yes' }],
    ['signedUserInfo', { signedUserInfo: true }],
  ])('a wrong %s is refused with file, provider and field: %j', (field, more) => {
    const attempt = () => given(one(more));
    expect(attempt).toThrow(ConfigError);
    const who = field === 'id' ? 'provider 1 of the list' : 'provider "proconnect"';
    for (const said of ['OIDC_PROVIDERS_FILE', file, who, field]) expect(attempt).toThrow(said);
    expect(attempt).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hidden') }));
  });

  test.each([
    ['two with one id', `{"providers":[${JSON.stringify(proconnect)},${JSON.stringify(proconnect)}]}`, "id: is another provider's"],
    ['no list', 'providers: proconnect', 'providers: must be a list'],
    ['none', 'providers: []', 'providers: must name a provider'],
    ['no YAML', 'providers: [', 'Unreadable YAML'],
    ['a list alone', '[]', 'A key "providers:"'],
  ])('%s is refused', (_, text, said) => {
    expect(() => given(text)).toThrow(`OIDC_PROVIDERS_FILE: ${file}: `);
    expect(() => given(text)).toThrow(said);
  });

  test('one that cannot be read is named', () => {
    expect(() => readConfig({ OIDC_PROVIDERS_FILE: '/nowhere' })).toThrow('OIDC_PROVIDERS_FILE: cannot read /nowhere');
  });
});
