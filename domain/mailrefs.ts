/** Which mail an act is about: one that is written in the outbox, by its number, or one that is to come, by what will bring it. */

/** A rung of an ask, to somebody; `about`: who is late, where it is somebody else. */
export interface RungRef {
  ask: string;
  person: string;
  rung: string;
  about?: string;
}
/** `row`: its number in the outbox. */
export type MailRef = { row: number } | RungRef;

/** A mail as addresses and the command line name it: `12`, or `ASK/PERSON/RUNG`, or `ASK/PERSON/RUNG/ABOUT`. */
export const mailRef = (ref: MailRef): string =>
  'row' in ref ? String(ref.row) : [ref.ask, ref.person, ref.rung, ...(ref.about === undefined ? [] : [ref.about])].join('/');

/** The mail that such a text names; undefined when it names none. */
export function mailRefOf(text: string): MailRef | undefined {
  if (/^[1-9]\d{0,14}$/.test(text)) return { row: Number(text) };
  const [ask, person, rung, about, ...more] = text.split('/');
  if (!ask || !person || !rung || about === '' || more.length > 0) return undefined;
  return { ask, person, rung, ...(about === undefined ? {} : { about }) };
}
