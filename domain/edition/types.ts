/** An edition as the rest of the code knows it: checked, defaults filled, relays among the people. */
import type { CivilDate, HolidayZone, Period } from '../calendar.js';
import type { EligibilityRule, Forms } from '../forms.js';
import type { JuryDay } from '../juryday.js';
import type { FixedLength, Length } from '../lengths.js';
import type { Role } from '../roles.js';
import type { ApproverRole, CircuitStepId, OwnStepId } from '../steps.js';
import type { Locale, Words } from '../words.js';

/** The dates a calendar is asked about: outside of them, a date is a slip of the pen. */
export const [FIRST_DATE, LAST_DATE]: readonly [CivilDate, CivilDate] = ['1990-01-01', '2100-12-31'];

/** A person's id, unique in the edition, relays included: `[a-z0-9-]+`. */
export type PersonId = string;
/** A need's id: `[a-z0-9-]+`. */
export type NeedId = string;
/** A deliberative body's id, a key of `territory.sessions`. */
export type BodyId = string;

/** Someone the edition asks or tells. `reach` is how many people a relay says it reaches. */
export type Person = { id: PersonId; role: Role; name: string; email: string; substitute?: PersonId; reach?: number };

/** A body that deliberates: its sittings, sorted, and how many working days before one a file must be in. */
export type Body = { id: BodyId; name: string; fileByWorkingDays: number; dates: readonly CivilDate[] };

/** The authority: name, language, zone and calendar. */
export type Territory = {
  id: string;
  name: string;
  timezone: string;
  locale: Locale;
  holidays: HolidayZone;
  closures: readonly Period[];
  schoolHolidays: readonly Period[];
  sessions: Readonly<Record<BodyId, Body>>;
};

/** A social need, and the directorate that carries it. */
export type Need = { id: NeedId; title: string; directorate: PersonId };

/** A criterion of the jury; weights are relative. */
export type Criterion = { id: string; label: string; weight: number };

/** One approval: by a person or a role, within a length. */
export type Approval = { by: PersonId | ApproverRole; within: FixedLength };
/** A stage: its approvals run side by side. */
export type StageSpec = readonly Approval[];
/** A circuit: its stages one after the other, then a sitting if a body has to deliberate. */
export type CircuitSpec = { stages: readonly StageSpec[]; session?: BodyId };

/** What an edition goes by: all of its file but its people, so that it does not grow with them. */
export type EditionRules = {
  id: string;
  title: string;
  start: CivilDate;
  /** The date of the restitution, from which all is planned back. */
  target: CivilDate;
  territory: Territory;
  needs: readonly Need[];
  /** Whom circuits mean by `executive`: the first of the file, if there is one. */
  executive?: PersonId;
  interviews: readonly PersonId[];
  selection: {
    expectedApplications: number;
    shortlist: { min: number; max: number };
    retained: { min: number; max: number };
    jury: readonly PersonId[];
    criteria: readonly Criterion[];
  };
  /** Every step that is not a circuit, with its own length or the default. */
  plan: Readonly<Record<OwnStepId, Length>>;
  /** Every circuit, the file's or the default. */
  circuits: Readonly<Record<CircuitStepId, CircuitSpec>>;
  /** The hours of the jury's pinned day, where its file says them. */
  juryDay?: JuryDay;
  /** The forms that its file says; the others are the default ones. */
  forms?: Forms;
  /** What an application has to meet, by its form. */
  eligibility?: readonly EligibilityRule[];
};

/** One edition of the programme, checked: its rules, and everyone of the file, relays included (role `relay`), in its order. */
export type Edition = EditionRules & { people: readonly Person[] };

/** What is wrong in a file, where (`people[3].email`; empty for the file itself), and what would be right. */
export type InputProblem = { path: string; message: Words };

/** A file that is refused: all its problems at once, or the first of very many; `total`: how many there are. */
export type Refusal = { ok: false; problems: InputProblem[]; total: number };

/** More problems than this tell nothing more. */
const MAX_PROBLEMS = 100;

/** Refuses a file for its problems. */
export const refusal = (problems: readonly InputProblem[]): Refusal => ({
  ok: false,
  problems: problems.slice(0, MAX_PROBLEMS),
  total: problems.length,
});

/** An edition, or what is wrong. */
export type Reading = { ok: true; edition: Edition } | Refusal;
