import { languageName } from "#contracts/language-name";

/** Languages that people ask and answer in, by their codes. */
const codes = [
  "am ar az be bg bn bs ca cs da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv",
  "mk ml mn mr ms mt my nb ne nl no pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th tl tr uk ur uz vi zh zu",
]
  .join(" ")
  .split(" ");

/** The languages whose name or code begins with these words, or has them within, without those already chosen. */
export function findLanguages(query: string, chosen: string[]): string[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return [];
  return codes
    .filter((code) => !chosen.includes(code))
    .filter((code) => code === wanted || languageName(code).toLowerCase().includes(wanted))
    .sort((a, b) => rank(a, wanted) - rank(b, wanted) || languageName(a).localeCompare(languageName(b)))
    .slice(0, 6);
}

function rank(code: string, wanted: string): number {
  if (code === wanted) return 0;
  return languageName(code).toLowerCase().startsWith(wanted) ? 1 : 2;
}
