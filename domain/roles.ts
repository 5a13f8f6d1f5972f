/** Who people are in an edition. */

/** Roles that the edition's file may give. Applicants come later, from their applications; whoever somebody names is a `delegate`, and has no role. */
export const PERSON_ROLES = ['coordinator', 'executive', 'directorate', 'field', 'evaluator', 'expert', 'official'] as const;
/** A role in an edition's list of people: those of the file, and `relay`. */
export type Role = (typeof PERSON_ROLES)[number] | 'relay';
