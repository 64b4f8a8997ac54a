import type { Outside } from "#channels/channel";
import { failedLine, reported, reportOf } from "#channels/report";
import type { CheckReport } from "#contracts/channel";
import { ask } from "./client.ts";
import { commands } from "./commands.ts";
import { type Settings, usernameOf } from "./settings.ts";

/** Asks Telegram whose token this is (core.telegram.org/bots/api, "getMe"). */
export async function check(settings: Settings, outside: Outside): Promise<CheckReport> {
  return reported(async () => {
    const { username } = await ask("getMe", {}, settings, outside);
    const lines = [{ ok: true, text: `The token belongs to @${username}.` }];
    const known = usernameOf(settings);
    if (known !== undefined && known !== username.toLowerCase()) {
      lines.push({
        ok: false,
        text: `The bot username is set to @${known}, so mentions of the bot are missed.`,
      });
    }
    return reportOf(lines, `@${username}`);
  });
}

// Reactions come only when they are asked for by name (core.telegram.org/bots/api, "setWebhook").
const kinds = ["message", "edited_message", "callback_query", "message_reaction", "my_chat_member"] as const;

/** Tells Telegram where to deliver and what, and reports how delivery goes ("setWebhook", "getWebhookInfo"). */
export async function setup(
  settings: Settings,
  { webhookUrl }: { webhookUrl: string },
  outside: Outside,
): Promise<CheckReport> {
  return reported(async () => {
    const webhook = { url: webhookUrl, secret_token: settings.webhookSecret, allowed_updates: kinds };
    try {
      await ask("setWebhook", webhook, settings, outside);
    } catch (error) {
      if (!webhookUrl.startsWith("http:")) throw error;
      return { ok: false, lines: [failedLine(error), { ok: false, text: needsHttps(webhookUrl) }] };
    }
    const [menu, delivery] = await Promise.all([
      menuLines(settings, outside),
      deliveryLines(settings, outside),
    ]);
    return { ok: true, lines: [{ ok: true, text: "Telegram delivers to Baton now." }, ...menu, ...delivery] };
  });
}

// Only a Bot API server of one's own delivers without ("Using a Local Bot API Server").
function needsHttps(webhookUrl: string): string {
  return `Telegram delivers to a public https address only, and this server is known as ${new URL(webhookUrl).origin}: set PUBLIC_BASE_URL to the address under which the internet reaches it.`;
}

/** Puts the commands into the bot's menu; it can do without, so that nothing is said where that worked. */
async function menuLines(settings: Settings, outside: Outside): Promise<CheckReport["lines"]> {
  try {
    await ask("setMyCommands", { commands }, settings, outside);
    return [];
  } catch (error) {
    return [failedLine(error)];
  }
}

async function deliveryLines(settings: Settings, outside: Outside): Promise<CheckReport["lines"]> {
  try {
    const info = await ask("getWebhookInfo", {}, settings, outside);
    const waiting = info.pending_update_count;
    const lines = [{ ok: true, text: `Deliveries that wait: ${waiting}.` }];
    if (info.last_error_message === undefined) return lines;
    // Telegram keeps an error for good: it matters as long as something still waits.
    return [...lines, { ok: waiting === 0, text: `The last failed delivery: ${info.last_error_message}.` }];
  } catch (error) {
    return [failedLine(error)];
  }
}
