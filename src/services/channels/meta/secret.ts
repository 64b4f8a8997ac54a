import { z } from "zod";
import { DeliveryFailure } from "#channels/failure";
import { askGraph, type Graph } from "./graph.ts";
import { secretProof } from "./signature.ts";

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
