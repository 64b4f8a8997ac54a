import type { Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import type { CheckReport } from "#contracts/channel";
import { readKeys } from "./keys.ts";
import type { TeamsSettings } from "./settings.ts";
import { freshToken } from "./token.ts";

type Line = CheckReport["lines"][number];

/** Proves that answers can be sent, by a token made for this, and that deliveries can be told from forged ones. */
export async function check(config: TeamsSettings, outside: Outside): Promise<CheckReport> {
  const lines = await Promise.all([tryToken(config, outside), tryKeys(outside)]);
  const ok = lines.every((line) => line.ok);
  return ok ? { ok, account: config.appId, lines } : { ok, lines };
}

async function tryToken(config: TeamsSettings, outside: Outside): Promise<Line> {
  try {
    await freshToken(config, outside);
    return { ok: true, text: "Microsoft accepts the app and its client secret." };
  } catch (error) {
    const text =
      error instanceof DeliveryFailure ? error.message : "Microsoft's login answered unexpectedly.";
    return { ok: false, text };
  }
}

async function tryKeys(outside: Outside): Promise<Line> {
  try {
    await readKeys(outside);
    return { ok: true, text: "Microsoft's signing keys can be read." };
  } catch {
    return { ok: false, text: "Microsoft's signing keys cannot be read, so deliveries cannot be checked." };
  }
}
