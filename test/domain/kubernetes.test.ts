import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { INSTALLATION, readConfig, variables, WORKER } from '../../config.js';

// There is no cluster where tests run: what can be checked of the manifests without one.
const root = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const folder = 'deploy/kubernetes/';

/** The fields of Kubernetes' types, those that may be left out with a `?`. */
const types = z
  .object({ types: z.record(z.string(), z.record(z.string(), z.string())) })
  .parse(JSON.parse(read('test/domain/fixtures/kubernetes-1.36.json'))).types;

/** What is wrong with a value of a type, each with its path: a field that there is not or that is missing, a value of another kind. */
function problemsOf(value: unknown, type: string, path: string): string[] {
  const list = /^Array<(.+)>$/.exec(type)?.[1];
  if (list !== undefined)
    return Array.isArray(value) ? value.flatMap((one, n) => problemsOf(one, list, `${path}[${n}]`)) : [`${path}: no list`];
  const map = /^\{ \[key: string\]: (\w+); \}$/.exec(type)?.[1];
  const fields = types[type];
  if (map === undefined && fields === undefined) {
    if (type === 'any') return [];
    const kinds = type === 'int-or-string' ? ['number', 'string'] : [type];
    return kinds.includes(typeof value) ? [] : [`${path}: ${typeof value}, not ${kinds.join(' or ')}`];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: no fields`];
  if (map !== undefined) return Object.entries(value).flatMap(([name, one]) => problemsOf(one, map, `${path}.${name}`));
  const missing = Object.keys(fields ?? {}).filter((name) => !name.endsWith('?') && !(name in value));
  return [
    ...missing.map((name) => `${path}.${name}: missing`),
    ...Object.entries(value).flatMap(([name, one]) => {
      const kind = fields?.[name] ?? fields?.[`${name}?`];
      return kind === undefined ? [`${path}.${name}: no such field`] : problemsOf(one, kind, `${path}.${name}`);
    }),
  ];
}

const APIS: Record<string, string> = {
  ConfigMap: 'v1',
  Service: 'v1',
  Deployment: 'apps/v1',
  Job: 'batch/v1',
  PodDisruptionBudget: 'policy/v1',
};
const labels = z.record(z.string(), z.string());
const named = z.object({ name: z.string() });
const container = z
  .object({
    image: z.string(),
    args: z.array(z.string()),
    envFrom: z.array(z.object({ configMapRef: named.optional(), secretRef: named.optional() })).default([]),
    env: z.array(z.object({ name: z.string(), value: z.string().optional() }).loose()).default([]),
    ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).default([]),
    volumeMounts: z.array(named.loose()).default([]),
  })
  .loose();
const pod = z.object({
  metadata: z.object({ labels }),
  spec: z
    .object({
      containers: z.tuple([container]),
      volumes: z.array(named.loose()).default([]),
      terminationGracePeriodSeconds: z.number().optional(),
    })
    .loose(),
});
const manifest = z
  .object({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: named.loose(),
    data: labels.default({}),
    spec: z
      .object({
        template: pod.optional(),
        selector: z.unknown().optional(),
        ports: z.array(z.object({ targetPort: z.string() }).loose()).optional(),
      })
      .loose()
      .optional(),
  })
  .loose();

const documents = readdirSync(new URL(folder, root)).flatMap((file) =>
  parseAllDocuments(read(`${folder}${file}`), { version: '1.1' }).map((document) => ({
    file,
    errors: document.errors,
    json: document.toJS() as unknown,
  })),
);
const manifests = documents.map(({ json }) => manifest.parse(json));
const one = (kind: string, name: string) => {
  const found = manifests.find((each) => each.kind === kind && each.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
};
const podOf = (kind: string, name: string) => pod.parse(one(kind, name).spec?.template);
const pods = manifests.flatMap(({ spec, metadata }) => (spec?.template === undefined ? [] : [{ name: metadata.name, ...spec.template }]));

describe('the manifests of Kubernetes', () => {
  test.each(documents)('in $file are as its schema says', ({ errors, json }) => {
    const { kind, apiVersion } = manifest.parse(json);
    expect(errors).toEqual([]);
    expect(apiVersion).toBe(APIS[kind]);
    expect(problemsOf(json, `V1${kind}`, kind)).toEqual([]);
  });

  test('would not be, with a field misspelt, missing or of another kind', () => {
    const containers = [{ name: 'web', readinesProbe: {}, ports: [{ containerPort: '8080' }] }];
    const wrong = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec: { containers } } } };
    expect(problemsOf(wrong, 'V1Deployment', 'web')).toEqual([
      'web.spec.selector: missing',
      'web.spec.template.spec.containers[0].readinesProbe: no such field',
      'web.spec.template.spec.containers[0].ports[0].containerPort: string, not number',
    ]);
  });

  test('run one image, of this version', () => {
    const { version } = JSON.parse(read('package.json'));
    expect(new Set(pods.map(({ spec }) => spec.containers[0].image))).toEqual(new Set([`registry.example.org/troismains:${version}`]));
  });

  test('find their pods, ports and volumes', () => {
    const selected = (selector: unknown) =>
      pods
        .filter(({ metadata }) => Object.entries(labels.parse(selector)).every(([name, value]) => metadata.labels[name] === value))
        .map(({ name }) => name);
    const matching = z.object({ matchLabels: labels });
    for (const { kind, metadata, spec } of manifests) {
      if (kind === 'Deployment' || kind === 'PodDisruptionBudget')
        expect(selected(matching.parse(spec?.selector).matchLabels)).toEqual([metadata.name]);
      if (kind === 'Service') expect(selected(spec?.selector)).toEqual([metadata.name]);
    }
    expect(podOf('Deployment', 'troismains-web').spec.containers[0].ports.map(({ name }) => name)).toEqual(
      one('Service', 'troismains-web').spec?.ports?.map(({ targetPort }) => targetPort),
    );
    for (const { spec } of pods) {
      const [{ volumeMounts, ports, startupProbe, livenessProbe, readinessProbe }] = spec.containers;
      expect(volumeMounts.map(({ name }) => name).sort()).toEqual(spec.volumes.map(({ name }) => name).sort());
      const probed = [...JSON.stringify([startupProbe, livenessProbe, readinessProbe]).matchAll(/"port":"(\w+)"/g)].map(([, port]) => port);
      for (const port of probed) expect(ports.map(({ name }) => name)).toContain(port);
    }
  });

  const secrets = (name: string) => {
    const [, command = ''] = new RegExp(`kubectl create secret generic ${name} ((?:.*\\\\\n)*.*)`).exec(read('docs/operations.md')) ?? [];
    return Object.fromEntries(
      [...command.matchAll(/--from-literal=([A-Z_]+)=(\S+)/g)].map(([, key = '', value = '']) => [
        key,
        value.startsWith('"') ? 'ab'.repeat(32) : value.replace('…', 'a@b/c'),
      ]),
    );
  };
  const environmentOf = (name: string) => {
    const [{ env, envFrom }] = podOf('Deployment', name).spec.containers;
    const given = envFrom.map(({ configMapRef, secretRef }) =>
      configMapRef ? one('ConfigMap', configMapRef.name).data : secrets(secretRef?.name ?? ''),
    );
    return Object.assign({}, ...given, Object.fromEntries(env.map(({ name, value }) => [name, value]))) as Record<string, string>;
  };

  test.each(['worker', 'web'] as const)('tell the %s all that it needs, and nothing that nobody reads', (name) => {
    const environment = environmentOf(`troismains-${name}`);
    for (const variable of Object.keys(environment)) expect([...Object.keys(variables.shape), 'TEMPORAL_NAMESPACE']).toContain(variable);
    expect(readConfig(environment, name === 'worker' ? WORKER : INSTALLATION)).toMatchObject({ temporal: { own: true } });
    const [{ ports }] = podOf('Deployment', `troismains-${name}`).spec.containers;
    expect(ports.map(({ containerPort }) => String(containerPort))).toEqual([environment[name === 'worker' ? 'WORKER_PORT' : 'PORT']]);
  });

  test('give what opens the mail server to the worker alone, and hold no secret', () => {
    const mail = (name: string) => Object.keys(environmentOf(name)).filter((variable) => /^(SMTP|MAIL|DKIM)_/.test(variable));
    expect([mail('troismains-web'), mail('troismains-worker').includes('SMTP_URL')]).toEqual([[], true]);
    for (const { kind, data } of manifests) {
      expect(kind).not.toBe('Secret');
      for (const name of Object.keys(data)) expect(name).not.toMatch(/PASSWORD|KEY$|TOKEN|SMTP_URL|DATABASE_URL/);
    }
  });

  test('let a worker finish what it began', () => {
    expect(podOf('Deployment', 'troismains-worker').spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(30);
  });
});
