/** In SQL: whether mail `o` answers an act of its reader's own; `answersAnAct` (domain/mails.ts) said to Postgres. */
export const ownAct = `(o.template in ('receipt', 'begin') or o.template = 'link' and not o.context ? 'why')`;
