import type { PassageHit } from "#contracts/knowledge";
import type { Choices } from "#contracts/structured";
import { choicesOf } from "#contracts/structured-answers";
import type { TurnRequest } from "./turn.ts";

const mostArticles = 4;
/** Articles whose best passages score at least this share of the best of all fit alike; calibrated on the demo help centre. */
const alike = { sure: 0.97, doubtful: 0.75 };
const ask = "I found a few things that this could be about. Which of these do you mean?";

/**
 * A question back, with titles as buttons, where several articles fit alike; how much alike depends on how well they do. It
 * is not asked twice in a row; `undefined` where there is nothing to choose between.
 */
export function whichArticle(
  { history }: Pick<TurnRequest, "history">,
  hits: readonly PassageHit[],
  { sure }: { sure: boolean },
): { text: string; data: Choices } | undefined {
  if (history.findLast(({ author }) => author === "agent")?.text === ask) return undefined;
  const top = hits[0]?.score ?? 0;
  const near = hits.filter(({ score }) => score >= top * (sure ? alike.sure : alike.doubtful));
  const titles = [...new Set(near.map(({ articleTitle }) => shortened(articleTitle)))].slice(0, mostArticles);
  return titles.length < 2 ? undefined : { text: ask, data: choicesOf(titles) };
}

function shortened(title: string): string {
  return title.length <= 80 ? title : `${title.slice(0, 79).trimEnd()}…`;
}
