import type { TelegramMessage } from "./payload.ts";
import { botIdOf, type Settings, usernameOf } from "./settings.ts";

type Command = { name: string; bot: string | undefined; argument: string | undefined };

/** The command that a message begins with (core.telegram.org/bots/features, "Commands" and "Deep linking"). */
export function commandOf({ text = "", entities = [] }: TelegramMessage): Command | undefined {
  const entity = entities.find(({ type, offset }) => type === "bot_command" && offset === 0);
  if (entity === undefined) return undefined;
  const [name = "", bot] = text.slice(1, entity.length).split("@");
  const argument = text.slice(entity.length).trim();
  return { name, bot: bot?.toLowerCase(), argument: argument === "" ? undefined : argument };
}

/** Whether a message of a group is meant for the bot: commanded, mentioned, or in reply to it. */
export function isAddressed(message: TelegramMessage, settings: Settings): boolean {
  if (message.reply_to_message?.from?.id === botIdOf(settings)) return true;
  const command = commandOf(message);
  if (command !== undefined) return command.bot === undefined || command.bot === usernameOf(settings);
  return mentions(message, settings);
}

function mentions(message: TelegramMessage, settings: Settings): boolean {
  const text = message.text ?? message.caption ?? "";
  const name = usernameOf(settings);
  return [...(message.entities ?? []), ...(message.caption_entities ?? [])].some((entity) => {
    if (entity.type === "text_mention") return entity.user?.id === botIdOf(settings);
    // Offsets count UTF-16 units, as strings do here.
    const words = text.slice(entity.offset, entity.offset + entity.length);
    return entity.type === "mention" && name !== undefined && words.toLowerCase() === `@${name}`;
  });
}
