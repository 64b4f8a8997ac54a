import type { Outside } from "#channels/channel";
import type { Graph } from "#channels/meta/graph";
import { meanings } from "./failures.ts";
import type { Settings } from "./settings.ts";

/** The Graph API, as the owner of this Page's token. */
export function graphOf({ pageAccessToken }: Settings, outside: Outside): Graph {
  return { label: "Messenger", token: pageAccessToken, meanings, outside };
}
