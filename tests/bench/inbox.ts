// A page of the inbox in a company with few conversations, and in one with many.
import type { Contender, Name } from "./contenders.ts";
import { add, atMost, type Gathered, type Goal, median, type Side } from "./figures.ts";
import { companyId, large, small } from "./ground.ts";
import { Connection, rawRequest } from "./wire.ts";

const views = ["needs_response", "all"] as const;

export async function measureInbox(
  gathered: Gathered,
  contenders: Record<Name, Contender>,
  options: { requests: number; order: Name[]; bigInbox: number },
): Promise<void> {
  const few = small.conversations.toLocaleString("en-GB");
  const many = options.bigInbox.toLocaleString("en-GB");
  for (const view of views) {
    for (const page of [1, 20]) {
      const name = `Inbox, ${view}, page ${page}`;
      const base = gathered.line(`${name}, ${few} conversations`, "ms");
      const grown = gathered.line(
        `${name}, ${many} conversations`,
        "ms",
        growth(() => base.sides, page),
      );
      for (const side of options.order) {
        // Bare Node has one list, and only its first page.
        if (side === "bare" && (view !== "all" || page > 1)) continue;
        const contender = contenders[side];
        // In turn, so that a busy moment of the machine meets both.
        for (const [line, key, company] of [
          [base, small.key, companyId(1)],
          [grown, large.key, companyId(2)],
        ] as const) {
          add(
            line,
            side,
            await pageTime(contender, { view, page, key, company, requests: options.requests }),
          );
        }
      }
    }
  }
}

function growth(base: () => Partial<Record<Side, number[]>>, page: number): Goal[] {
  const value = (line: { sides: Partial<Record<Side, number[]>> }) =>
    median(line.sides.baton ?? []) / median(base().baton ?? []);
  return [
    ...(page === 1 ? [atMost("needed", 1.5, "≤ 1.5 × of few", value)] : []),
    atMost("goal", 1.2, "≤ 1.2 × of few", value),
  ];
}

type Wanted = { view: string; page: number; key: string; company: string; requests: number };

async function pageTime(contender: Contender, wanted: Wanted): Promise<number> {
  const connection = new Connection(contender.port);
  const request =
    contender.name === "bare"
      ? rawRequest({ path: `/inbox/${wanted.company}` })
      : rawRequest({ path: await pathOf(connection, wanted), token: wanted.key });
  const found: number[] = [];
  const warmUp = Math.ceil(wanted.requests / 4);
  for (let n = 0; n < wanted.requests + warmUp; n += 1) {
    const began = performance.now();
    const { status, body } = await connection.ask(request);
    if (n >= warmUp) found.push(performance.now() - began);
    if (status !== 200) throw new Error(`The inbox answered ${status}: ${body}`);
  }
  connection.close();
  return median(found);
}

/** Walks to the page wanted, by the cursor of the one before it. */
async function pathOf(connection: Connection, { view, page, key }: Wanted): Promise<string> {
  // Deep pages are short ones, so that the small company has as many.
  const start = `/api/agent/conversations?view=${view}${page === 1 ? "" : "&limit=10"}`;
  let path = start;
  for (let at = 1; at < page; at += 1) {
    const { body } = await connection.ask(rawRequest({ path, token: key }));
    const { next } = JSON.parse(body) as { next?: string };
    if (next === undefined) throw new Error(`The ${view} list has only ${at} pages.`);
    path = `${start}&cursor=${encodeURIComponent(next)}`;
  }
  return path;
}
