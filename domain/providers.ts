/** The file of OpenID Connect providers (`OIDC_PROVIDERS_FILE`): reading it, and refusing it with every problem at once. */
import { z } from 'zod';
import { parseYaml } from './edition/yaml.js';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

const isIssuer = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, search, hash } = new URL(text);
  return (protocol === 'https:' || (protocol === 'http:' && loopback.includes(hostname))) && `${username}${search}${hash}` === '';
};

const line = z
  .string('must be a text')
  .trim()
  .regex(/^[^\p{C}]{1,1000}$/u, 'must be one line, and not empty');
const yesOrNo = z.boolean('must be true or false').default(false);
const word = z.string('must be a text').regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'must be a word without a space, a quote or a backslash');

const provider = z
  .strictObject({
    id: z.string('must be a text').regex(/^[a-z0-9-]{1,32}$/, 'must be 1 to 32 of a-z, 0-9 and -'),
    name: line.max(60, 'must have 60 characters or less'),
    issuer: z
      .string('must be a URL')
      .refine(
        isIssuer,
        'must be a URL that begins with https:// (http:// on this machine only), without a question mark, a # or a password',
      )
      .refine((text) => !text.includes('/.well-known/'), 'must be what stands before /.well-known/openid-configuration'),
    clientId: line,
    clientSecret: line.optional(),
    clientSecretFile: line.optional(),
    scope: line
      .refine((text) => text.split(' ').includes('openid'), 'must contain openid, as "openid email profile"')
      .default('openid email profile'),
    acrValues: z.array(word, 'must be a list, as [eidas2, eidas3]').min(1, 'must name a level, or be left out').optional(),
    addressesAreVerified: yesOrNo,
    signedUserinfo: yesOrNo,
  })
  .refine(({ clientSecret, clientSecretFile }) => (clientSecret === undefined) !== (clientSecretFile === undefined), {
    path: ['clientSecretFile'],
    message: 'must be given, or clientSecret, and not both',
  });

const file = z.strictObject({ providers: z.array(z.unknown(), 'must be a list').min(1, 'must name a provider') });

/** A provider as the file describes it; what is left out has its default. */
export type ProviderEntry = z.output<typeof provider>;

/** The providers of a file, or all that is wrong with it, in lines that name provider and field and quote no value. */
export type ProvidersReading = { ok: true; providers: ProviderEntry[] } | { ok: false; problems: string[] };

const notProviders = { fr: 'On attend une clé « providers: » et une liste.', en: 'A key "providers:" and a list are wanted.' };

/** Reads the file of providers, YAML or JSON. Never throws. */
export function readProviders(text: string): ProvidersReading {
  const parsed = parseYaml(text, notProviders);
  if (!parsed.ok) return { ok: false, problems: parsed.problems.map(({ message }) => message.en) };
  const list = file.safeParse(parsed.value);
  if (!list.success) return { ok: false, problems: list.error.issues.map(worded) };
  const entries = list.data.providers.map((one, i) => ({ who: nameOf(one, i), read: provider.safeParse(one) }));
  const problems = entries.flatMap(({ who, read }) => (read.error?.issues ?? []).map((issue) => `${who}: ${worded(issue)}`));
  const providers = entries.flatMap(({ read }) => (read.success ? [read.data] : []));
  const twice = providers.filter(({ id }, i) => providers.findIndex((one) => one.id === id) !== i);
  problems.push(...twice.map(({ id }) => `provider "${id}": id: is another provider's too`));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, providers };
}

const worded = ({ path, message }: z.core.$ZodIssue): string => [...path.map(String), message].join(': ');

const named = z.object({ id: z.string().regex(/^[a-z0-9-]{1,32}$/) });
const nameOf = (entry: unknown, i: number): string => {
  const { data } = named.safeParse(entry);
  return data === undefined ? `provider ${i + 1} of the list` : `provider "${data.id}"`;
};
