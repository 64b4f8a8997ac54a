import type { Outside } from "#channels/channel";
import { reportOf, tried } from "#channels/report";
import type { CheckReport } from "#contracts/channel";
import { readKeys } from "./keys.ts";
import type { Settings } from "./settings.ts";
import { freshToken } from "./token.ts";

type Line = CheckReport["lines"][number];

/** Proves that answers can be sent, by a token made for this, and that deliveries can be told from forged ones. */
export async function check(settings: Settings, outside: Outside): Promise<CheckReport> {
  const token = tried(async () => {
    await freshToken(settings, outside);
    return "Microsoft accepts the app and its client secret.";
  });
  return reportOf(await Promise.all([token, tryKeys(outside)]), settings.appId);
}

async function tryKeys(outside: Outside): Promise<Line> {
  try {
    await readKeys(outside);
    return { ok: true, text: "Microsoft's signing keys can be read." };
  } catch {
    return { ok: false, text: "Microsoft's signing keys cannot be read, so deliveries cannot be checked." };
  }
}
