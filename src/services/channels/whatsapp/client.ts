import type { Outside } from "#channels/channel";
import type { Graph } from "#channels/meta/graph";
import { meanings } from "./failures.ts";
import type { Settings } from "./settings.ts";

/** The Graph API, as the owner of this number's token. */
export function graphOf({ accessToken }: Settings, outside: Outside): Graph {
  return { label: "WhatsApp", token: accessToken, meanings, outside };
}
