import { z } from "zod";
import { field, secret } from "#channels/config";

/** What a company enters to connect its bot (core.telegram.org/bots/api, "Authorizing your bot" and "setWebhook"). */
export const settings = z.object({
  botToken: secret({
    label: "Bot token",
    help: "BotFather shows it when the bot is made, and again after /token.",
    placeholder: "123456789:AA…",
    // Its form matters: the token stands in the path of every request.
  }).regex(/^\d+:[A-Za-z0-9_-]+$/, "A bot token is a number, a colon and a key."),
  webhookSecret: secret({
    made: "token",
    label: "Webhook secret",
    help: "Telegram repeats it with every delivery, so that nobody else can deliver.",
  }).regex(/^[A-Za-z0-9_-]{1,256}$/, "Use 1 to 256 letters, digits, _ and - only."),
  botUsername: field({
    label: "Bot username",
    help: "Needed only in groups, where the bot listens to messages that mention it.",
    placeholder: "acme_support_bot",
  })
    .regex(/^@?\w{3,64}$/, "A username has letters, digits and _ only.")
    .optional(),
});

/** The same, filled in. */
export type Settings = z.output<typeof settings>;

/** The bot's own user id, which its token begins with. */
export function botIdOf({ botToken }: Settings): string {
  return botToken.slice(0, botToken.indexOf(":"));
}

/** The bot's username as it stands behind an @, in small letters. */
export function usernameOf({ botUsername }: Settings): string | undefined {
  return botUsername?.replace(/^@/, "").toLowerCase();
}
