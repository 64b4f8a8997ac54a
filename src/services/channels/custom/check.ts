import type { Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import type { CheckReport } from "#contracts/channel";
import { post } from "./post.ts";
import type { CustomSettings } from "./settings.ts";

/** Sends the endpoint a signed `ping`, which asks for nothing but a 2xx. */
export async function check(settings: CustomSettings, outside: Outside): Promise<CheckReport> {
  const first = await pinged(settings, outside);
  const lines = [first];
  if (settings.previousSecret !== undefined) {
    const text = "The previous secret is still accepted. Empty its field when your side uses the new one.";
    lines.push({ ok: true, text });
  }
  return { ok: first.ok, account: new URL(settings.endpoint).host, lines };
}

async function pinged(settings: CustomSettings, outside: Outside): Promise<CheckReport["lines"][number]> {
  try {
    await post({ id: `ping_${outside.now().getTime()}`, type: "ping", data: {} }, settings, outside);
    return { ok: true, text: "The endpoint took a signed test." };
  } catch (error) {
    if (!(error instanceof DeliveryFailure)) throw error;
    return { ok: false, text: error.message };
  }
}
