/** `troismains cohort start|list|show|calendar|cancel`: editions, from the file that starts one to where it stands. */
import type { Command } from 'commander';
import { calendarAddress } from '../client/verbs/calendar.js';
import { cancelCohort, listCohortsIn, type Shown, showCohort, startEdition } from '../client/verbs/cohorts.js';
import { ACTS } from '../domain/acts.js';
import { oneLine } from '../domain/clean.js';
import { planText } from '../domain/plan/table.js';
import { planJson } from '../domain/plan.js';
import { isStepId, PHASE_IDS } from '../domain/steps.js';
import { inWords, type Locale, PHASE_WORDS, STEP_WORDS, workingDays } from '../domain/words.js';
import { act } from './act.js';
import { ACT_OPTIONS } from './act-options.js';
import { AS, actorOf } from './actor.js';
import { DATA, withInstallation } from './connect.js';
import { editionOf } from './edition-file.js';
import { type Declared, EDITION, EDITION_FILE, PAGE, type Paged, partOf, REASON } from './help.js';
import { CliError, exitWith, InputError, painter, print, printJson, readText, terminalOf } from './io.js';
import { type Doing, DRY_RUN, previewOf, printPreview, reasonOf } from './preview.js';
import { noEdition, refused } from './refusals.js';
import { columns } from './table.js';

/** The command `cohort`. */
export const command: Declared = {
  description: {
    fr: 'Les éditions : en démarrer une de son fichier, voir où en est chacune.',
    en: 'Editions: start one from its file, see where each stands.',
  },
  example: 'troismains cohort start editions/val-d-oise-2023.yaml --late\ntroismains cohort show val-d-oise-2023',
  commands: {
    start: {
      summary: { fr: 'démarrer une édition de son fichier', en: 'start an edition from its file' },
      args: { '<file>': EDITION_FILE },
      options: {
        ...DATA,
        ...AS,
        '--late': { fr: "quand son début est passé : planifier à partir d'aujourd'hui", en: 'when its start is past: plan from today' },
      },
      note: {
        fr: 'Code de sortie 3 quand son plan est infaisable, 2 quand son début est passé.',
        en: 'Exit code 3 when its plan is infeasible, 2 when its start is past.',
      },
      example: 'troismains cohort start edition.yaml',
      run: start,
    },
    list: {
      summary: { fr: "les éditions, la dernière lancée d'abord", en: 'editions, the last started first' },
      options: { ...DATA, ...PAGE },
      example: 'troismains cohort list',
      run: list,
    },
    show: {
      summary: { fr: "où en est une édition, et qui l'on attend", en: 'where an edition stands, and who is waited for' },
      args: { '<id>': EDITION },
      options: DATA,
      example: 'troismains cohort show val-d-oise-2023 --json',
      run: show,
    },
    calendar: {
      summary: { fr: "l'adresse privée d'un agenda auquel s'abonner", en: 'the private address of a calendar to subscribe to' },
      args: { '<id>': EDITION },
      options: {
        ...DATA,
        ...AS,
        '--person <id>': {
          fr: "l'agenda d'une personne au lieu de celui de l'édition",
          en: "a person's calendar instead of the edition's",
        },
        '--renew': {
          fr: 'lui donner une nouvelle adresse : les anciennes ne valent plus rien',
          en: 'give it a new address: the former ones are dead from then on',
        },
        '--reason <text>': { ...REASON, fr: 'pourquoi elle change ; gardé au journal', en: 'why it is renewed; kept in the journal' },
      },
      example: 'troismains cohort calendar val-d-oise-2023 --renew --reason "adresse publiée par erreur"',
      run: calendar,
    },
    act: {
      summary: {
        fr: "changer une édition en cours, ou voir d'abord ce que cela ferait",
        en: 'change an edition that runs, or see first what that would do',
      },
      args: {
        '<id>': EDITION,
        '<act>': { fr: `l'acte : ${Object.keys(ACTS).join(', ')}`, en: `the act: ${Object.keys(ACTS).join(', ')}` },
      },
      options: {
        ...DATA,
        ...AS,
        ...DRY_RUN,
        '--reason <text>': REASON,
        ...ACT_OPTIONS,
      },
      note: {
        fr: "closure ferme une période, move déplace le jury, target la restitution, length change la durée d'une étape.",
        en: 'closure closes a period, move moves the jury, target the restitution, length changes how long a step takes.',
      },
      example: 'troismains cohort act val-d-oise-2023 closure --from 2023-08-01 --until 2023-08-15 --dry-run',
      run: act,
    },
    cancel: {
      summary: { fr: "finir une édition : plus rien ne s'ouvre ni ne part", en: 'end an edition: nothing opens or is mailed any more' },
      args: { '<id>': EDITION },
      options: { ...DATA, ...AS, ...DRY_RUN, '--reason <text>': REASON },
      example: 'troismains cohort cancel val-d-oise-2023 --reason "report à 2025"',
      run: cancel,
    },
  },
};

async function start(file: string, { late = false }: { late?: boolean }, command: Command): Promise<void> {
  const { json, locale, width, colour } = terminalOf(command);
  const source = await readText(file);
  const edition = editionOf(source, file);
  const started = await withInstallation(command, async (installation) => {
    const actor = await actorOf(command, installation, { deed: 'edition.start', on: { territory: edition.territory.id } });
    return startEdition(installation, { edition, source, late, actor });
  });
  if (started.ok) {
    if (json) printJson({ id: started.id, start: started.start, workflow: { id: `cohort-${started.id}`, runId: started.runId } });
    else
      print(
        locale === 'fr'
          ? `L'édition ${started.id} est lancée ; elle commence ${inWords(started.start, locale, { year: true })}.`
          : `Edition ${started.id} is started; it begins on ${inWords(started.start, locale, { year: true })}.`,
      );
    return;
  }
  switch (started.reason) {
    case 'exists':
      throw new InputError({
        fr: `Une édition ${edition.id} existe déjà ; donner un autre « id » à ce fichier. Rien n'a été fait.`,
        en: `There is an edition ${edition.id} already; give this file another "id". Nothing was done.`,
      });
    case 'not-taken':
      throw new CliError(
        4,
        {
          fr: `L'édition ${edition.id} est enregistrée, mais Temporal n'a pas pu être joint : lancer la même commande de nouveau quand il l'est.`,
          en: `Edition ${edition.id} is recorded, but Temporal could not be reached: run the same command again once it can.`,
        },
        { cause: started.cause },
      );
    case 'past':
      throw new InputError({
        fr: `Le début (${edition.start}) est passé, nous sommes le ${started.today} : changer « start », ou ajouter --late pour planifier à partir d'aujourd'hui. Rien n'a été fait.`,
        en: `Its start (${edition.start}) is past, today is ${started.today}: change "start", or add --late to plan from today. Nothing was done.`,
      });
    case 'infeasible': {
      if (json) printJson({ error: { exitCode: 3, message: 'infeasible', plan: planJson(started.plan, locale) } });
      else print(planText(started.plan, edition.title, { locale, width, paint: painter(colour) }));
      exitWith(3);
    }
  }
}

async function list(paged: Paged, command: Command): Promise<void> {
  const { json, locale } = terminalOf(command);
  const { rows: editions, more } = await withInstallation(command, (installation) =>
    partOf(paged, (part) => listCohortsIn(installation, part)),
  );
  if (json) return printJson(editions);
  const head =
    locale === 'fr'
      ? ['Édition', 'Titre', 'État', 'Phase', 'Marge', 'On attend']
      : ['Edition', 'Title', 'Status', 'Phase', 'Slack', 'Waiting for'];
  const rows = editions.map((e) => [
    e.id,
    e.title,
    statusWord(e, locale),
    phaseWord(e.phase, locale),
    e.slackWorkingDays === null ? '–' : workingDays(e.slackWorkingDays, locale),
    e.waitingOn.join(', '),
  ]);
  print(editions.length === 0 ? (locale === 'fr' ? 'Aucune édition.' : 'No edition.') : columns(head, rows));
  if (more) print(more[locale]);
}

async function show(id: string, _flags: object, command: Command): Promise<void> {
  const { json, locale } = terminalOf(command);
  const shown = await withInstallation(command, (installation) => showCohort(installation, id));
  if (shown === undefined) throw new InputError(noEdition(id));
  if (json) printJson(shown);
  else print(showText(shown, locale));
}

function showText(shown: Shown, locale: Locale): string {
  const fr = locale === 'fr';
  const step = (id: string | null) => (id !== null && isStepId(id) ? STEP_WORDS[id][locale] : '–');
  const slack = shown.plan.slackWorkingDays === null ? '–' : workingDays(shown.plan.slackWorkingDays, locale);
  const facts = [
    oneLine(shown.title),
    `${fr ? 'État' : 'Status'} : ${statusWord(shown, locale)} · ${phaseWord(shown.phase, locale)} · ${fr ? 'marge' : 'slack'} ${slack} · ${fr ? 'restitution le' : 'restitution on'} ${inWords(shown.plan.target, locale, { year: true })}`,
  ];
  const waiting = columns(
    fr ? ['On attend', 'Étape', 'Projet', 'Depuis', 'Avant', 'Demande'] : ['Waiting for', 'Step', 'Project', 'Since', 'By', 'Ask'],
    shown.waitingOn.map((w) => [w.person, step(w.step), w.project ?? '', workingDays(w.workingDays, locale), w.due, w.ask]),
  );
  const projects = columns(
    fr ? ['Projet', 'Titre', 'Étape', 'Suite'] : ['Project', 'Title', 'Step', 'Outcome'],
    shown.projects.map((p) => [p.id, p.title, step(p.step), p.outcome ?? '']),
  );
  return [
    ...facts,
    '',
    shown.waitingOn.length > 0
      ? waiting
      : shown.begins !== undefined
        ? fr
          ? 'Rien n’est demandé avant.'
          : 'Nothing is asked before.'
        : fr
          ? "On n'attend personne."
          : 'Nobody is waited for.',
    ...(shown.projects.length > 0 ? ['', projects] : []),
  ].join('\n');
}

async function calendar(id: string, flags: { person?: string; renew?: boolean; reason?: string }, command: Command): Promise<void> {
  const { json, locale } = terminalOf(command);
  const { person, renew = false, reason: why } = flags;
  if (renew !== (why !== undefined))
    throw new InputError({
      fr: "--renew et --reason vont ensemble : une nouvelle adresse se donne avec une raison. Rien n'a été fait.",
      en: '--renew and --reason go together: a new address is given for a reason. Nothing was done.',
    });
  const found = await withInstallation(command, async (installation) => {
    const actor = await actorOf(command, installation, { deed: 'edition.act', on: { edition: id } });
    return calendarAddress(installation, {
      edition: id,
      ...(person && { person }),
      ...(why !== undefined && { renew: { reason: why, actor } }),
    });
  });
  if (found === undefined)
    throw new InputError({
      fr: `Personne n'a l'identifiant ${person} dans cette édition : voir « troismains person list ${id} ».`,
      en: `Nobody in this edition has the id ${person}: see "troismains person list ${id}".`,
    });
  if (json) return printJson(found);
  const fr = locale === 'fr';
  print(`${fr ? 'Page :' : 'Page:'} ${found.page}\n${fr ? 'Abonnement :' : 'Feed:'} ${found.feed}`);
}

async function cancel(id: string, { reason, dryRun = false }: Doing, command: Command): Promise<void> {
  const { json, locale } = terminalOf(command);
  const why = dryRun ? '' : reasonOf(reason);
  const done = await withInstallation(command, async (installation) => {
    const actor = await actorOf(command, installation, { deed: 'edition.act', on: { edition: id } });
    if (dryRun) return previewOf(installation, { edition: id, spec: { act: 'cancel' }, actor });
    return cancelCohort(installation, { id, reason: why, actor });
  });
  if (done === undefined) throw new InputError(noEdition(id));
  if ('basis' in done) return printPreview(done, { command, id });
  if (!done.ok) throw new CliError(2, refused(done, id));
  if (json) printJson({ id, status: 'cancelled', asks: done.asks });
  else
    print(
      locale === 'fr'
        ? `L'édition ${id} est arrêtée ; ${done.asks.length > 1 ? `${done.asks.length} demandes sont annulées` : done.asks.length === 1 ? 'une demande est annulée' : "aucune demande n'était ouverte"}.`
        : `Edition ${id} is ended; ${done.asks.length === 1 ? 'one ask is' : `${done.asks.length} asks are`} cancelled.`,
    );
}

/** How an edition stands, or when it begins. */
function statusWord({ status, begins }: { status: string; begins?: string }, locale: Locale): string {
  if (begins === undefined) return statusWords[status]?.[locale] ?? status;
  const day = inWords(begins, locale, { year: true });
  return locale === 'fr' ? `commence le ${day}` : `begins on ${day}`;
}

const statusWords: Record<string, Record<Locale, string>> = {
  running: { fr: 'en cours', en: 'running' },
  paused: { fr: 'en pause', en: 'paused' },
  closed: { fr: 'terminée', en: 'closed' },
  cancelled: { fr: 'arrêtée', en: 'cancelled' },
};

const phaseWord = (phase: string | null, locale: Locale): string => {
  const known = PHASE_IDS.find((id) => id === phase);
  return known === undefined ? '–' : PHASE_WORDS[known][locale];
};
