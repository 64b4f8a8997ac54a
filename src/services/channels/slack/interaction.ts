import { readAs } from "#channels/json";
import type { UnifiedMessage } from "#contracts/channel";
import { readable } from "./mrkdwn.ts";
import { type Press, Pressed } from "./payload.ts";
import { aliasesOf, externalIdOf, momentOf, threadOf } from "./thread.ts";

/**
 * What a customer chose under one of our messages (docs.slack.dev, "block_actions payload"); shortcuts, views and
 * presses outside a conversation are nothing.
 */
export function interactionFrom(fields: Record<string, unknown>, at: Date): UnifiedMessage[] {
  if (fields.type !== "block_actions") return [];
  const { user, channel, container, message, actions } = readAs(Pressed, fields);
  const ts = message?.ts ?? container?.message_ts;
  if (channel == null || ts == null) return [];
  const thread_ts = message?.thread_ts ?? container?.thread_ts;
  return actions.flatMap((press) => {
    const content = readable(choiceOf(press));
    if (content === "") return [];
    return [
      {
        kind: "message" as const,
        externalId: externalIdOf(channel.id, press.action_ts),
        thread: threadOf({ channel: channel.id, ts, thread_ts }),
        senderId: user.id,
        senderAliases: aliasesOf({ channel: channel.id }),
        content,
        contentType: "text" as const,
        timestamp: momentOf(press.action_ts, at),
        replyToId: externalIdOf(channel.id, ts),
        channelMetadata: {
          button: { actionId: press.action_id, value: press.value ?? press.selected_option?.value },
        },
      },
    ];
  });
}

function choiceOf(press: Press): string {
  const several = press.selected_options?.map(({ text }) => text.text).join(", ");
  const one = press.selected_option?.text.text ?? press.text?.text;
  return one ?? several ?? press.selected_date ?? press.selected_time ?? press.value ?? "";
}
