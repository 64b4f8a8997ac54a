import type { RoutingSettings } from "#contracts/desk";
import { withCompany } from "#lib/db";
import { AppError, isAppError } from "#lib/errors";
import { addJobWithin } from "#lib/jobs";
import { listOperators } from "#services/accounts";
import { runChain } from "./acceptance.ts";
import { move } from "./change.ts";
import { type Decision, overflowsAt, route } from "./routing-decide.ts";
import { type Queued, readStaff, readWaiting } from "./routing-read.ts";
import { readRouting } from "./routing-settings.ts";
import { joinedLine } from "./system-line.ts";

/**
 * Gives what waits in a company to whom it should go, and takes the chain's steps for the rest. One of these runs in a
 * company at a time; whoever claims by hand at the same moment wins or loses like any other.
 */
export async function routeQueue({ companyId }: { companyId: string }, now = new Date()): Promise<void> {
  const { settings, version } = await readRouting(companyId);
  if (settings.mode === "manual" && settings.chain.length === 0) return;
  const waiting = await readWaiting(companyId, version);
  if (waiting.length === 0) return;
  const given = settings.mode === "automatic" ? await assign(companyId, waiting, settings, now) : [];
  const rest = waiting.filter(({ id }) => !given.includes(id));
  const staff = await readStaff(companyId, now);
  const chainAt = await runChain(companyId, rest, { settings, version, staff, now });
  const overflows = rest.flatMap((one) => overflowsAt(one, settings, now.getTime()) ?? []);
  const looks = [...(chainAt === undefined ? [] : [chainAt]), ...overflows];
  if (looks.length > 0) await lookAgain(companyId, new Date(Math.min(...looks)));
}

async function assign(
  companyId: string,
  waiting: Queued[],
  settings: RoutingSettings,
  now: Date,
): Promise<string[]> {
  const [staff, operators] = await Promise.all([readStaff(companyId, now), listOperators(companyId)]);
  const names = new Map(operators.map(({ id, name }) => [id, name]));
  const epochs = new Map(waiting.map(({ id, epoch }) => [id, epoch]));
  const decisions = route(waiting, staff, settings, now.getTime());
  const given = await Promise.all(
    decisions.map((decision) =>
      give(companyId, decision, {
        epoch: epochs.get(decision.conversationId),
        name: names.get(decision.operatorId),
        now,
      }),
    ),
  );
  return decisions.filter((_, at) => given[at]).map(({ conversationId }) => conversationId);
}

type Giving = { epoch: number | undefined; name: string | undefined; now: Date };

/** Gives a conversation to an operator where it still waits as it was decided on; answers whether it is out of the queue. */
async function give(
  companyId: string,
  { conversationId, operatorId }: Decision,
  { epoch, name = "Support", now }: Giving,
): Promise<boolean> {
  try {
    await move(
      { companyId },
      conversationId,
      "accept",
      (before) => {
        if (before.epoch !== epoch) throw new AppError("conflict", "Somebody took it in this very moment.");
        return {
          change: { operatorId, operatorName: name },
          acceptedBy: operatorId,
          messages: [joinedLine(name)],
        };
      },
      now,
    );
    return true;
  } catch (error) {
    if (!isAppError(error) || (error.code !== "conflict" && error.code !== "not_found")) throw error;
    return true;
  }
}

async function lookAgain(companyId: string, runAt: Date): Promise<void> {
  const options = { runAt, queue: `route:${companyId}`, key: `route-at:${companyId}` };
  await withCompany(companyId, (tx) => addJobWithin(tx, "desk.route", { companyId }, options));
}
