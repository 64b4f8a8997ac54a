import { type Tx, withCompany } from "#lib/db";
import { env } from "#lib/env";
import { newId } from "#lib/ids";
import { claimDemoPast, isDemoUntold, listOperators } from "#services/accounts";
import { tellRatings } from "#services/chat";
import { tellConversations } from "#services/conversations";
import { tellSuggestions } from "#services/copilot";
import { defaultRules } from "#services/escalation";
import { tellPromises, tellTeams, tellWaits } from "#services/handover";
import { listArticles } from "#services/knowledge";
import { type Cast, demoSchedule, membersOf } from "./cast.ts";
import { pastOf } from "./past.ts";
import type { Played } from "./play.ts";
import { readScenarios } from "./scenarios.ts";
import { storiesOf } from "./stories.ts";

type Demo = { companyId: string; agent: { id: string; name: string } };
type Telling = {
  /** The file with what is going on just now. */
  stories: string;
  /** The folder with what customers came with before; empty where only the present is told. */
  past: string;
  now: Date;
  timeZone?: string;
};

const days = 30;
/** It takes a second; a machine that has its hands full at its first start may take its time. */
const patience = 120_000;

// Their hours are those of the promises alone: whoever tries the demo at night is not told that it is closed.
const policies = [
  {
    name: "VIP and groups",
    enabled: true,
    position: 0,
    match: { tags: ["vip"] },
    targets: { firstResponse: 10, nextResponse: 30, resolution: 240 },
  },
  {
    name: "Everyone",
    enabled: true,
    position: 1,
    match: {},
    targets: { firstResponse: 30, nextResponse: 60, resolution: 480 },
  },
];

/** Tells what has happened in the demo company, once: all of it in one commit. */
export async function tellDemo(demo: Demo, telling: Telling): Promise<void> {
  const { companyId } = demo;
  if (!(await isDemoUntold(companyId))) return;
  const { stories, past, now } = telling;
  const cast = await castOf(demo, telling);
  const played = past === "" ? [] : pastOf(cast, await readScenarios(past), { now, days });
  const told = [...played.map((each) => each.told), ...(await storiesOf(cast, stories, now))];
  const work = async (tx: Tx) => {
    if (!(await claimDemoPast(tx, companyId))) return;
    if (past !== "") await tellTeams(tx, companyId, teamsOf(cast));
    await tellConversations(tx, companyId, told);
    await tellWaits(tx, companyId);
    if (past !== "") await tellRest(tx, companyId, { cast, played, now });
  };
  await withCompany(companyId, work, { timeout: patience });
}

type Rest = { cast: Cast; played: Played[]; now: Date };

/** What belongs to a past besides its logs: ratings, the co-pilot's part, hours and promises. */
async function tellRest(tx: Tx, companyId: string, { cast, played, now }: Rest): Promise<void> {
  const ratings = played.flatMap((each) => each.ratings);
  await tellRatings(tx, companyId, ratings);
  const suggestions = played.flatMap((each) => each.suggestions);
  await tellSuggestions(tx, companyId, suggestions);
  const since = new Date(now.getTime() - (days + 1) * 24 * 60 * 60_000);
  await tellPromises(tx, companyId, { name: "Support", schedule: cast.schedule, policies, since }, now);
}

async function castOf(
  { companyId, agent }: Demo,
  { timeZone = ownTimeZone() }: Pick<Telling, "timeZone">,
): Promise<Cast> {
  const [operators, { articles }] = await Promise.all([
    listOperators(companyId),
    listArticles({ companyId }, { limit: 100 }),
  ]);
  return {
    agent,
    operators,
    teams: new Map([
      ["Orders", newId()],
      ["Workshop", newId()],
    ]),
    articles: new Map(
      articles.map(({ slug, id, title }) => {
        return [slug, { id, title, url: `${env.PUBLIC_BASE_URL}/help/${companyId}/${slug}` }];
      }),
    ),
    rules: defaultRules(),
    schedule: demoSchedule(timeZone),
  };
}

// The demo's working day is that of whoever tries it.
function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function teamsOf({ teams, operators }: Cast) {
  return [...teams].map(([name, id]) => ({
    id,
    name,
    members: membersOf(operators, name).map((operator) => operator.id),
  }));
}
