/** The public address: whether it answers, and whether links are safe on their way. */
import { type Finding, failing, reasonOf } from '../../client/checks/finding.js';

const withinMs = 5_000;
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Asks `/healthz` where people's links lead. From inside, the public address may be out of reach: that is a warning. */
export async function lookAtWeb(publicUrl: string): Promise<Finding[]> {
  const { protocol, hostname } = new URL(publicUrl);
  const local = loopback.test(hostname);
  const secure = protocol === 'https:' || local;
  const safe: Finding = {
    id: 'public-url',
    name: { fr: 'Adresse publique', en: 'Public address' },
    state: secure ? 'ok' : 'fail',
    detail: secure
      ? { fr: local ? `${publicUrl} (cette machine seulement)` : publicUrl, en: local ? `${publicUrl} (this machine only)` : publicUrl }
      : { fr: `${publicUrl} n'est pas en https`, en: `${publicUrl} is not https` },
    ...(secure
      ? {}
      : {
          todo: {
            fr: 'Les liens personnels y passent en clair : mettre un serveur mandataire avec TLS devant le web, et https:// dans PUBLIC_URL.',
            en: 'Personal links go there in the clear: put a proxy with TLS before the web, and https:// in PUBLIC_URL.',
          },
        }),
  };
  return [safe, await answers(publicUrl)];
}

async function answers(publicUrl: string): Promise<Finding> {
  const of = { id: 'web', name: { fr: 'Web', en: 'Web' } };
  const todo = {
    fr: 'Démarrer le web (troismains web), puis vérifier le mandataire et PUBLIC_URL.',
    en: 'Start the web (troismains web), then check the proxy and PUBLIC_URL.',
  };
  try {
    const answer = await fetch(`${publicUrl}/healthz`, { signal: AbortSignal.timeout(withinMs), redirect: 'manual' });
    const body: unknown = await answer.json().catch(() => undefined);
    const ours = typeof body === 'object' && body !== null && 'ok' in body;
    if (ours && body.ok === true) return { ...of, state: 'ok', detail: { fr: 'répond, et peut travailler', en: 'answers, and can work' } };
    if (ours)
      return {
        ...of,
        state: 'fail',
        detail: { fr: "répond, mais n'atteint pas sa base de données", en: 'answers, but does not reach its database' },
        todo,
      };
    return {
      ...of,
      state: 'warn',
      detail: { fr: `quelqu'un d'autre répond (${answer.status})`, en: `somebody else answers (${answer.status})` },
      todo,
    };
  } catch (error) {
    const [found] = failing('web', of.name, todo)(error);
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return {
      ...of,
      ...found,
      state: 'warn',
      detail: { fr: `ne répond pas (${reasonOf(cause)})`, en: `does not answer (${reasonOf(cause)})` },
    };
  }
}
