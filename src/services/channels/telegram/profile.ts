import type { Outside } from "#channels/channel";
import { ifTold } from "#channels/failure";
import { ask } from "./client.ts";
import { fullName } from "./content.ts";
import type { Settings } from "./settings.ts";

/** Asks what a person who wrote to the bot is called (core.telegram.org/bots/api, "getChat"). */
export async function profile(
  senderId: string,
  settings: Settings,
  outside: Outside,
): Promise<{ name?: string } | undefined> {
  const chat = await ifTold(ask("getChat", { chat_id: senderId }, settings, outside));
  const name = chat?.type === "private" ? fullName(chat) : undefined;
  return name === undefined ? undefined : { name };
}
