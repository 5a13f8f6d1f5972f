import type { AskView } from './view.js';
import type { Locale } from './words.js';

/** Whether an approval was not given, by the reader or by somebody asked beside them. */
function refusalOf({ ask, sentBack, closed }: AskView): 'changes-requested' | 'refused' | undefined {
  if (ask.kind !== 'approve') return undefined;
  if (sentBack !== undefined) return sentBack.what;
  const own = closed?.answer?.decision;
  return own === 'changes-requested' || own === 'refused' ? own : undefined;
}

/** What comes after an approval that was not given, in words; undefined where it was, or may still be. */
export function nextAfterRefusal(view: AskView, locale: Locale): string | undefined {
  const what = refusalOf(view);
  return what === undefined ? undefined : afterRefusal(view, what, locale);
}

/** What comes after a version that was not approved, without its capital and its full stop (programme.md, circuits). */
export function afterRefusal({ ask: { step, version } }: AskView, what: 'changes-requested' | 'refused', locale: Locale): string {
  const fr = locale === 'fr';
  if (what === 'refused' && step === 'diagnosis-approval')
    return fr
      ? "la coordination décide de la suite : une nouvelle version, continuer sans validation, ou mettre fin à l'édition"
      : 'the coordinators decide how to go on: a new version, going on without approval, or ending the edition';
  if (what === 'refused' && step === 'roadmap-approval')
    return fr
      ? "le projet ne part pas sur le terrain ; les personnes concernées l'apprennent avec la raison donnée"
      : 'the project does not go into the field; those concerned are told, with the reason given';
  return fr
    ? `le document revient à qui l'écrit ; la version ${version + 1} repartira en validation depuis la première étape, et vous parviendra à son tour`
    : `the document goes back to whoever writes it; version ${version + 1} starts again from the first stage, and comes to you in its turn`;
}
