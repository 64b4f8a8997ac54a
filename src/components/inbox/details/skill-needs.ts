import { Word } from "#contracts/attributes";
import { neededSkill, type OperatorDesk, type Skill, skillWord } from "#contracts/desk";

/** A skill that a conversation could need: how many colleagues have it, none where its word is new. */
export type SkillChoice = { name: string; holders: number };

/** The words of what is needed, with one skill at this level; it keeps its place where it stood already. */
export function withNeed(words: readonly string[], need: Skill): string[] {
  const at = words.findIndex((word) => neededSkill(word).name === need.name);
  return at === -1 ? [...words, skillWord(need)] : words.with(at, skillWord(need));
}

/** The words of what is needed, without one skill. */
export function withoutNeed(words: readonly string[], name: string): string[] {
  return words.filter((word) => neededSkill(word).name !== name);
}

/** How many colleagues have a skill at least as well as is needed. */
export function holdersOf(
  { name, level }: Skill,
  colleagues: readonly Pick<OperatorDesk, "skills">[],
): number {
  return colleagues.filter(({ skills }) => skills.some((has) => has.name === name && has.level >= level))
    .length;
}

/** What can be needed besides: the skills of colleagues that hold these letters, the commonest first, and a new word. */
export function choicesOf(
  words: readonly string[],
  colleagues: readonly Pick<OperatorDesk, "skills">[],
  query: string,
): SkillChoice[] {
  const asked = query.trim().toLowerCase();
  const needed = new Set(words.map((word) => neededSkill(word).name));
  const known = [...new Set(colleagues.flatMap(({ skills }) => skills.map(({ name }) => name)))];
  const fitting = known
    .filter((name) => name.includes(asked) && !needed.has(name))
    .map((name) => ({ name, holders: holdersOf({ name, level: 1 }, colleagues) }))
    .sort((a, b) => b.holders - a.holders || a.name.localeCompare(b.name));
  const word = Word.safeParse(asked);
  // A colon would be read as a level.
  const fresh =
    word.success && !word.data.includes(":") && !known.includes(word.data) && !needed.has(word.data);
  return fresh ? [...fitting, { name: word.data, holders: 0 }] : fitting;
}
