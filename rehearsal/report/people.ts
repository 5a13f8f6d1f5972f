/** Roles in the order in which a report lists people: who leads, who decides, who is asked, who applies. */
const roles = ['coordinator', 'executive', 'directorate', 'official', 'evaluator', 'expert', 'field', 'applicant', 'relay'];

/** People by role, then by name: their ids. */
export function peopleInOrder(people: Iterable<{ id: string; role: string; name: string }>): string[] {
  const rank = (role: string) => (roles.includes(role) ? roles.indexOf(role) : roles.length);
  return [...people]
    .sort((a, b) => rank(a.role) - rank(b.role) || a.name.localeCompare(b.name, 'fr', { numeric: true }) || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}
