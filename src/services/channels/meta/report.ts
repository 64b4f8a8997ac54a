import { z } from "zod";
import { DeliveryFailure } from "#channels/failure";
import type { CheckReport } from "#contracts/channel";
import { askGraph, type Graph } from "./graph.ts";
import { secretProof } from "./signature.ts";

type Line = CheckReport["lines"][number];

/** Tries one thing for a report: the words it came to, or those of its failure. */
export async function tried(attempt: () => Promise<string>): Promise<Line> {
  try {
    return { ok: true, text: await attempt() };
  } catch (error) {
    if (!(error instanceof DeliveryFailure)) throw error;
    return { ok: false, text: error.message };
  }
}

/** Makes a report that is as good as its worst line. */
export function reportOf(lines: Line[], account?: string): CheckReport {
  return { ok: lines.every(({ ok }) => ok), ...(account !== undefined && { account }), lines };
}

/** Says that the app secret is that of the token's app. Throws `DeliveryFailure` where it is not. */
export async function secretFits(graph: Graph, appSecret: string): Promise<string> {
  const query = { fields: "id", appsecret_proof: secretProof(graph.token, appSecret) };
  try {
    await askGraph(graph, { path: ["me"], query, repeatable: true }, z.looseObject({}));
  } catch (error) {
    if (!(error instanceof DeliveryFailure) || error.kind === "passing") throw error;
    // The token alone was accepted before, so it is the proof that is refused.
    throw new DeliveryFailure("permanent", "app_secret", "The app secret is not that of the token's app.");
  }
  return "The app secret fits the access token.";
}
