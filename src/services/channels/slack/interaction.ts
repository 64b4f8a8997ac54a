import { z } from "zod";
import type { UnifiedMessage } from "#contracts/channel";
import { readAs } from "./body.ts";
import { readable } from "./mrkdwn.ts";
import { messageId, momentOf, threadOf } from "./place.ts";

const Label = z.looseObject({ text: z.string() });
const Option = z.looseObject({ text: Label, value: z.string().nullish() });

const Press = z.looseObject({
  action_id: z.string().nullish(),
  action_ts: z.string(),
  text: Label.nullish(),
  value: z.string().nullish(),
  selected_option: Option.nullish(),
  selected_options: z.array(Option).nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
});
type Press = z.output<typeof Press>;

const Pressed = z.looseObject({
  user: z.looseObject({ id: z.string() }),
  channel: z.looseObject({ id: z.string() }).nullish(),
  container: z.looseObject({ message_ts: z.string().nullish(), thread_ts: z.string().nullish() }).nullish(),
  message: z.looseObject({ ts: z.string(), thread_ts: z.string().nullish() }).nullish(),
  actions: z.array(Press),
});

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
        externalId: messageId(channel.id, press.action_ts),
        thread: threadOf({ channel: channel.id, ts, thread_ts }),
        senderId: user.id,
        content,
        contentType: "text" as const,
        timestamp: momentOf(press.action_ts, at),
        replyToId: messageId(channel.id, ts),
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
