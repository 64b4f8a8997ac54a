type Colleague = { id: string; name: string };

/** The colleagues who go by these letters: those whose first or last name begins with them first. */
export function findColleagues<Person extends Colleague>(
  people: readonly Person[],
  query: string,
  most = 8,
): Person[] {
  const wanted = query.toLowerCase();
  const begins = ({ name }: Colleague) =>
    name
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)) || name.toLowerCase().startsWith(wanted);
  return people
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .toSorted((a, b) => Number(begins(b)) - Number(begins(a)) || a.name.localeCompare(b.name))
    .slice(0, most);
}

/** Whom a note names. A name that begins like another's does not name both. */
export function mentionedIn(text: string, people: readonly Colleague[]): string[] {
  let left = text;
  const longestFirst = people.toSorted((a, b) => b.name.length - a.name.length);
  return longestFirst.flatMap(({ id, name }) => {
    const named = `@${name}`;
    if (!left.includes(named)) return [];
    left = left.replaceAll(named, "");
    return [id];
  });
}
