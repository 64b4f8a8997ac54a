/** A number of North America as it is read there; any other as it is. */
export function phoneWords(number: string): string {
  const [, area, office, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number) ?? [];
  return area === undefined ? number : `+1 (${area}) ${office}-${line}`;
}
