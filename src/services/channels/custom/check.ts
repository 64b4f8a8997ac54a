import type { Outside } from "#channels/channel";
import { reportOf, tried } from "#channels/report";
import type { CheckReport } from "#contracts/channel";
import { post } from "./client.ts";
import type { Settings } from "./settings.ts";

/** Sends the endpoint a signed `ping`, which asks for nothing but a 2xx. */
export async function check(settings: Settings, outside: Outside): Promise<CheckReport> {
  const ping = { id: `ping_${outside.now().getTime()}`, type: "ping", data: {} };
  const lines = [
    await tried(async () => {
      await post(ping, settings, outside);
      return "The endpoint took a signed test.";
    }),
  ];
  if (settings.previousSecret !== undefined) {
    const text = "The previous secret is still accepted. Empty its field when your side uses the new one.";
    lines.push({ ok: true, text });
  }
  return reportOf(lines, new URL(settings.endpoint).host);
}
