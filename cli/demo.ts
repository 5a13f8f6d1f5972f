/** `troismains demo advance`: the clock of a demonstration moves forward, others behaving as personas do. */
import type { Command } from 'commander';
import { machine } from '../client/verbs/accounts.js';
import { waitingJson } from '../client/verbs/cohorts.js';
import { calendarOf } from '../domain/calendar.js';
import { STEP_IDS } from '../domain/steps.js';
import { inWords, type Locale, PHASE_WORDS, STEP_WORDS, type Words } from '../domain/words.js';
import { type Advanced, type AdvanceEnd, type AdvanceProgress, type AdvanceRefusal, advance, nobody } from '../rehearsal/advance.js';
import { PERSONA_SETS } from '../rehearsal/personas/read.js';
import { findEdition } from '../store/editions.js';
import { DATA, withInstallation } from './connect.js';
import { type Declared, EDITION, wholeNumber } from './help.js';
import { CliError, InputError, print, printJson, progress, terminalOf } from './io.js';
import { noEdition } from './refusals.js';
import { interruptible } from './stack.js';

type Flags = { to: string; others: string; as: string[]; seed: number };

const mostSeed = 999_999_999;
const collected = (all: string[]) => (text: string) => {
  all.push(text);
  return all;
};

/** The command `demo`. */
export const command: Declared = {
  description: {
    fr: "L'horloge d'une édition de démonstration : celle de « troismains up --demo », dont aucun mail ne quitte la machine.",
    en: 'The clock of a demonstration edition: that of "troismains up --demo", of which no mail leaves the machine.',
  },
  example: 'troismains demo advance val-d-oise-2023\ntroismains demo advance val-d-oise-2023 --to pitch --others realistic --as labo',
  commands: {
    advance: {
      summary: {
        fr: "avancer l'horloge, d'une échéance à la suivante, sans en sauter",
        en: 'move the clock forward, from one thing due to the next, none passed over',
      },
      args: { '<id>': EDITION },
      options: {
        ...DATA,
        '--to <when>': {
          fr: "jusqu'où : next (au prochain message), une date (AAAA-MM-JJ, à 9 h 05), ou une étape (quand elle commence)",
          en: 'how far: next (to the next mail), a date (YYYY-MM-DD, at 9:05), or a step (when it begins)',
          value: 'next',
        },
        '--others <personas>': {
          fr: `qui répond pour les autres : ${PERSONA_SETS.join(', ')}, ou nobody (personne)`,
          en: `who answers for the others: ${PERSONA_SETS.join(', ')}, or nobody`,
          value: nobody,
        },
        '--as <person>': {
          fr: "qui l'on joue soi-même, et pour qui rien n'est répondu ; autant de fois qu'il faut",
          en: 'whom you play yourself, and for whom nothing is answered; as often as needed',
          read: collected([]),
        },
        '--seed <n>': {
          fr: 'laquelle des vies possibles : la même que « rehearse --seed » (par défaut : 1)',
          en: 'which of the possible lives: the same as `rehearse --seed` (default: 1)',
          read: wholeNumber(1, mostSeed),
        },
      },
      note: {
        fr: "Les noms des personnes : « troismains person list ID ». Pendant qu'une horloge avance, les gestes de la coordination sont refusés.",
        en: "People's names: `troismains person list ID`. While a clock moves, acts of coordinators are refused.",
      },
      example: 'troismains demo advance val-d-oise-2023 --to 2023-03-15 --others punctual --as labo',
      run,
    },
  },
};

async function run(id: string, { to: goal, others, as = [], seed = 1 }: Partial<Flags> & { to: string; others: string }, command: Command) {
  const terminal = terminalOf(command);
  const { json, locale } = terminal;
  const { advanced, timezone } = await interruptible(terminal, (signal) =>
    withInstallation(command, async (installation) => {
      const row = await findEdition(installation.store.pool, id);
      if (row === undefined) throw new InputError(noEdition(id));
      const wanted = { edition: id, goal, others, acting: as, seed, actor: machine };
      const advanced = await advance(installation, { ...wanted, signal, progress: teller(row.file.territory, locale) });
      if (!advanced.ok) throw refusalOf(advanced, { id, goal, others });
      return { advanced, timezone: row.file.territory };
    }),
  );
  const { ok: _, waitingOn, ...rest } = advanced;
  const iso = (at: number) => new Date(at).toISOString();
  if (json) return printJson({ id, ...rest, from: iso(advanced.from), at: iso(advanced.at), waitingOn: waitingOn.map(waitingJson) });
  print(toldOf(advanced, { calendar: calendarOf(timezone), locale }));
}

/** Says each day that is reached. */
function teller(territory: Parameters<typeof calendarOf>[0], locale: Locale) {
  const calendar = calendarOf(territory);
  let last = '';
  return (far: AdvanceProgress): void => {
    const day = calendar.dateOf(far.at);
    if (day === last) return;
    last = day;
    progress(lineOf(far, { day, locale }));
  };
}

function lineOf({ phase, mails }: AdvanceProgress, { day, locale }: { day: string; locale: Locale }): string {
  const many = mails === 1 ? '' : 's';
  const count = locale === 'fr' ? `${mails} message${mails > 1 ? 's' : ''}` : `${mails} mail${many}`;
  return `  ${inWords(day, locale, { year: true })} · ${phase === null ? '' : `${PHASE_WORDS[phase][locale]} · `}${count}`;
}

const ENDS: Record<AdvanceEnd, Words> = {
  there: { fr: '', en: '' },
  over: { fr: "L'édition est finie.", en: 'The edition is over.' },
  'nothing-due': { fr: "Plus rien n'arrive de soi-même.", en: 'Nothing more happens by itself.' },
  stuck: {
    fr: "Quelque chose n'aboutit pas : voir « troismains repair --dry-run », et la console.",
    en: 'Something does not come to its end: see "troismains repair --dry-run", and the console.',
  },
  stopped: { fr: 'Arrêtée en chemin.', en: 'Stopped on the way.' },
};

function toldOf(advanced: Advanced, { calendar, locale }: { calendar: ReturnType<typeof calendarOf>; locale: Locale }): string {
  const { at, end, waitingOn } = advanced;
  const day = inWords(calendar.dateOf(at), locale, { year: true });
  const now = locale === 'fr' ? `Il est ${calendar.timeOf(at)}, ${day}.` : `It is ${calendar.timeOf(at)} on ${day}.`;
  const waits = waitingOn.slice(0, 20).map(({ person, step, due }) => `  ${person.name} · ${STEP_WORDS[step][locale]} · ${due}`);
  const more = waitingOn.length > waits.length ? [`  … ${waitingOn.length - waits.length}`] : [];
  const whom = locale === 'fr' ? 'On attend :' : 'Waiting for:';
  return [[now, ENDS[end][locale]].filter((line) => line !== '').join(' '), ...(waits.length === 0 ? [] : [whom, ...waits, ...more])].join(
    '\n',
  );
}

function refusalOf(refused: AdvanceRefusal, { id, goal, others }: { id: string; goal: string; others: string }): CliError {
  switch (refused.reason) {
    case 'unknown':
      return new InputError(noEdition(id));
    case 'no-demonstration':
      return new InputError({
        fr: `L'édition ${id} vit à l'heure réelle : seule l'horloge d'une démonstration avance (« troismains up --demo »). Rien n'a été fait.`,
        en: `Edition ${id} lives in real time: only the clock of a demonstration moves ("troismains up --demo"). Nothing was done.`,
      });
    case 'real-mail':
      return new InputError({
        fr: `Le courrier de cette installation part chez de vraies personnes : l'horloge de ${id} n'avance que sous « troismains up ». Rien n'a été fait.`,
        en: `Mail of this installation reaches people: the clock of ${id} only moves under "troismains up". Nothing was done.`,
      });
    case 'advancing':
      return new CliError(1, {
        fr: `L'horloge de ${id} avance déjà, lancée d'ici ou de la console : attendre qu'elle s'arrête. Rien n'a été fait.`,
        en: `The clock of ${id} is being moved already, from here or the console: wait until it stops. Nothing was done.`,
      });
    case 'goal':
      return new InputError({
        fr: `--to ${goal} : ni « next », ni une date (AAAA-MM-JJ), ni une étape (${STEP_IDS.join(', ')}). Rien n'a été fait.`,
        en: `--to ${goal}: neither "next", nor a date (YYYY-MM-DD), nor a step (${STEP_IDS.join(', ')}). Nothing was done.`,
      });
    case 'others':
      return new InputError({
        fr: `--others ${others} : on attend ${PERSONA_SETS.join(', ')} ou ${nobody}. Rien n'a été fait.`,
        en: `--others ${others}: it should be ${PERSONA_SETS.join(', ')} or ${nobody}. Nothing was done.`,
      });
    case 'past':
      return new InputError({
        fr: `Ce jour est passé pour ${id} : une horloge n'avance que vers la suite. Rien n'a été fait.`,
        en: `That day is past for ${id}: a clock only moves forward. Nothing was done.`,
      });
    case 'begun':
      return new InputError({
        fr: `Cette étape de ${id} a déjà commencé. Rien n'a été fait.`,
        en: `That step of ${id} has begun already. Nothing was done.`,
      });
    case 'people':
      return new InputError({
        fr: `--as ${refused.people.join(', ')} : personne de ce nom dans l'édition ; voir « troismains person list ${id} ». Rien n'a été fait.`,
        en: `--as ${refused.people.join(', ')}: nobody of that name in the edition; see "troismains person list ${id}". Nothing was done.`,
      });
  }
}
