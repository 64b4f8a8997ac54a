import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const short =
  "Answers 2xx once the delivery is stored. Platforms sign in their own ways; the custom channel signs as Standard Webhooks 1.0.0 says, with the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`.";

/** What the operation of the webhooks says of itself: the contract of the custom channel as docs/custom-channel.md holds it. */
export function customContract(): string {
  const page = join(process.cwd(), "docs", "custom-channel.md");
  // An installation may leave its documentation out.
  if (!existsSync(page)) return short;
  return `${short}\n\n${readFileSync(page, "utf8").replace(/^# /, "## ")}`;
}
