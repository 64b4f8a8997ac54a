import { z } from "zod";
import type { Outside } from "#channels/channel";
import { ifTold } from "#channels/failure";
import { ask } from "./client.ts";
import type { Settings } from "./settings.ts";

const Person = z.looseObject({
  user: z.looseObject({
    name: z.string().nullish(),
    real_name: z.string().nullish(),
    profile: z.looseObject({ display_name: z.string().nullish(), real_name: z.string().nullish() }).nullish(),
  }),
});

/** Asks for the name that a person chose in Slack (docs.slack.dev, "users.info"). */
export async function profile(
  senderId: string,
  settings: Settings,
  outside: Outside,
): Promise<{ name?: string } | undefined> {
  const user = (await ifTold(ask("users.info", { user: senderId }, Person, settings, outside)))?.user;
  const name = user?.profile?.display_name || user?.profile?.real_name || user?.real_name || user?.name;
  return name ? { name } : undefined;
}
