import type { Source } from "#contracts/conversation";

/** What tells a source from the others of its answer: its article's title, or its section where several are of one article. */
export function sourceName({ title, section }: Source, all: Source[]): string {
  const isShared = all.filter((each) => each.title === title).length > 1;
  return (isShared && section) || title;
}
