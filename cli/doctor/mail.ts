/** Mail: the server takes our connection and our password; what other servers look up about the sender's domain. Nothing is sent. */
import { resolve4, resolve6, resolveMx, resolveTxt } from 'node:dns/promises';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { type Finding, reasonOf, same } from '../../client/checks/finding.js';
import { codeOf } from '../../client/unreachable.js';
import type { Words } from '../../domain/words.js';
import { serverAt } from '../../mail/connection.js';

const withinMs = 8_000;
const loopback = /^(localhost|127\.|\[?::1)/;

/** The mail server: reachable, encrypted, and it takes our credentials. */
export async function lookAtSmtp(url: string): Promise<Finding[]> {
  const name: Words = { fr: 'Serveur de mail', en: 'Mail server' };
  const { auth, options } = serverAt(url);
  const wire = new SMTPConnection({ ...options, connectionTimeout: withinMs, greetingTimeout: withinMs, socketTimeout: withinMs });
  try {
    await new Promise<void>((resolve, reject) => {
      wire.once('error', reject);
      wire.once('end', () => reject(new Error('the server closed the connection')));
      wire.connect((error?: unknown) => (error ? reject(error) : resolve()));
    });
    const host = new URL(url).host;
    const secure = wire.secure === true;
    const found: Finding[] = [
      {
        id: 'smtp',
        name,
        state: secure || loopback.test(host) ? 'ok' : 'warn',
        detail: secure ? { fr: `${host}, chiffré`, en: `${host}, encrypted` } : { fr: `${host}, en clair`, en: `${host}, in the clear` },
        ...(secure || loopback.test(host)
          ? {}
          : {
              todo: {
                fr: 'Les messages y passent lisibles par tous : demander un serveur qui offre STARTTLS, ou smtps://.',
                en: 'Mail goes there for everybody to read: ask for a server that offers STARTTLS, or smtps://.',
              },
            }),
      },
    ];
    return auth === undefined ? found : [...found, await signIn(wire, auth)];
  } catch (error) {
    const todo = {
      fr: 'Vérifier SMTP_URL et que cette machine a le droit de joindre le serveur de mail.',
      en: 'Check SMTP_URL, and that this machine may reach the mail server.',
    };
    return [{ id: 'smtp', name, state: 'fail', detail: same(reasonOf(error)), todo, unreachable: true }];
  } finally {
    wire.close();
  }
}

function signIn(wire: SMTPConnection, { user, pass }: { user: string; pass: string }): Promise<Finding> {
  const of = { id: 'smtp-auth', name: { fr: 'Serveur de mail, mot de passe', en: 'Mail server, password' } };
  return new Promise((resolve) => {
    const todo = { fr: "Corriger l'utilisateur et le mot de passe dans SMTP_URL.", en: 'Correct the user and password in SMTP_URL.' };
    const refuse = (reason: Words) => resolve({ ...of, state: 'fail', detail: reason, todo });
    if (!wire.allowsAuth)
      return resolve({ ...of, state: 'warn', detail: { fr: "le serveur n'en demande pas", en: 'the server asks for none' } });
    wire.once('error', (error: unknown) => refuse(same(String(error))));
    wire.login({ user, credentials: { user, pass } }, (error) =>
      error ? refuse({ fr: 'refusé', en: 'refused' }) : resolve({ ...of, state: 'ok', detail: { fr: 'accepté', en: 'accepted' } }),
    );
  });
}

/** Who is asked about names. */
export interface Resolver {
  mx(name: string): Promise<unknown[]>;
  txt(name: string): Promise<string[][]>;
  address(name: string): Promise<unknown[]>;
}

/** This machine's resolver. */
export const systemResolver: Resolver = {
  mx: resolveMx,
  txt: resolveTxt,
  address: async (name) =>
    await Promise.any([resolve4(name), resolve6(name)]).catch((error: AggregateError) => Promise.reject(error.errors[0])),
};

/** What a name server answers when there is nothing, as opposed to when it cannot be asked. */
const nothing = ['ENOTFOUND', 'ENODATA'];
const unasked: Words = { fr: "n'a pas pu être demandé (pas de serveur de noms)", en: 'could not be asked (no name server)' };

/** Domains that nobody owns (RFC 2606). */
const trial = /(^|\.)(invalid|test|example|localhost|example\.(com|net|org))$/;

/** What other mail servers look up about the sender. Nothing of it fails: a trial has no domain of its own. */
export async function lookAtMailDns(
  { from, dkim }: { from: string; dkim?: { domain: string; selector: string } | undefined },
  resolver: Resolver = systemResolver,
): Promise<Finding[]> {
  const domain = /@([^\s@<>]+)>?$/.exec(from)?.[1] ?? '';
  if (trial.test(domain))
    return [
      {
        id: 'mail-domain',
        name: { fr: 'DNS', en: 'DNS' },
        state: 'warn',
        detail: {
          fr: `${domain} est un domaine d'essai : aucun vrai message n'en part`,
          en: `${domain} is a trial domain: no real mail leaves from it`,
        },
        todo: {
          fr: 'Pour de vrai, donner dans MAIL_FROM une adresse de la collectivité.',
          en: "For real use, give an address of the authority's in MAIL_FROM.",
        },
      },
    ];
  const texts = async (name: string) => (await resolver.txt(name)).map((parts) => parts.join(''));
  const has = (start: string, name: string) => async () => (await texts(name)).find((text) => text.toLowerCase().startsWith(start));
  const takesMail = async () => {
    const mx = await resolver.mx(domain).catch((error: unknown) => (isNothing(error) ? [] : Promise.reject(error)));
    return mx.length > 0 ? 'MX' : (await resolver.address(domain)).length > 0 ? 'A' : undefined;
  };
  const refused: Words = {
    fr: 'beaucoup de serveurs refuseront nos messages ou les classeront en indésirables',
    en: 'many servers will refuse our mail, or call it spam',
  };
  const publish = (record: string): Words => ({
    fr: `Publier dans le DNS : ${record}. Sinon, ${refused.fr}.`,
    en: `Publish in the DNS: ${record}. Otherwise ${refused.en}.`,
  });
  return Promise.all([
    look('mx', domain, takesMail, {
      fr: `Publier un MX pour ${domain} : sans lui, ni réponses ni avis d'échec ne reviennent.`,
      en: `Publish an MX for ${domain}: without one, neither answers nor bounces come back.`,
    }),
    look('spf', domain, has('v=spf1', domain), publish(`${domain} TXT "v=spf1 … -all"`)),
    look('dmarc', `_dmarc.${domain}`, has('v=dmarc1', `_dmarc.${domain}`), publish(`_dmarc.${domain} TXT "v=DMARC1; p=…"`)),
    ...(dkim === undefined
      ? []
      : [
          look(
            'dkim',
            `${dkim.selector}._domainkey.${dkim.domain}`,
            async () => (await texts(`${dkim.selector}._domainkey.${dkim.domain}`)).find((text) => /(^|;)\s*p=[^;\s]/.test(text)),
            publish(`${dkim.selector}._domainkey.${dkim.domain} TXT "v=DKIM1; k=rsa; p=…"`),
          ),
        ]),
  ]);
}

async function look(id: string, what: string, find: () => Promise<string | undefined>, todo: Words): Promise<Finding> {
  const of = { id: `mail-${id}`, name: { fr: `DNS, ${id.toUpperCase()}`, en: `DNS, ${id.toUpperCase()}` } };
  try {
    const found = await find();
    if (found !== undefined) return { ...of, state: 'ok', detail: { fr: `${what} : là`, en: `${what}: there` } };
  } catch (error) {
    if (!isNothing(error)) return { ...of, state: 'warn', detail: { fr: `${what} : ${unasked.fr}`, en: `${what}: ${unasked.en}` } };
  }
  return { ...of, state: 'warn', detail: { fr: `${what} : absent`, en: `${what}: missing` }, todo };
}

const isNothing = (error: unknown): boolean => nothing.includes(codeOf(error) ?? '');
