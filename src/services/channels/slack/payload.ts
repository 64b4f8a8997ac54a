import { z } from "zod";
import { FileName } from "#channels/values";

// The pages of docs.slack.dev are named with each shape. Loose throughout: Slack adds fields at any time.

const Team = z.looseObject({ team_id: z.string().nullish() });

/** What a body of any kind tells of the workspace and the app that it is for. */
export const Account = Team.extend({
  type: z.string().nullish(),
  team: z.looseObject({ id: z.string().nullish() }).nullish(),
  user: z.union([Team, z.string()]).nullish(),
  api_app_id: z.string().nullish(),
  is_ext_shared_channel: z.boolean().nullish(),
  authorizations: z.array(Team).nullish(),
});
export type Account = z.output<typeof Account>;

/** A file as Slack describes it ("file object"). */
export const SlackFile = z.looseObject({
  id: z.string(),
  name: FileName.nullish(),
  title: FileName.nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  mode: z.string().nullish(),
  is_external: z.boolean().nullish(),
  subtype: z.string().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
});
export type SlackFile = z.output<typeof SlackFile>;

const Shared = z.looseObject({
  is_share: z.boolean().nullish(),
  author_name: z.string().nullish(),
  text: z.string().nullish(),
  fallback: z.string().nullish(),
});

/** What somebody wrote. */
export const Written = z.looseObject({
  subtype: z.string().nullish(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  text: z.string().nullish(),
  ts: z.string(),
  thread_ts: z.string().nullish(),
  files: z.array(SlackFile).nullish(),
  attachments: z.array(Shared).nullish(),
});
export type Written = z.output<typeof Written>;

/** A `message` or `app_mention` event ("message event", "app_mention event"). */
export const MessageEvent = Written.extend({
  type: z.string(),
  channel: z.string(),
  channel_type: z.string().nullish(),
});
export type MessageEvent = z.output<typeof MessageEvent>;

/** A `message` event that tells of an earlier message ("message_changed event", "message_deleted event"). */
export const ChangeEvent = z.looseObject({
  channel: z.string(),
  channel_type: z.string().nullish(),
  event_ts: z.string().nullish(),
  deleted_ts: z.string().nullish(),
  message: Written.nullish(),
  previous_message: Written.partial({ ts: true }).nullish(),
});
export type ChangeEvent = z.output<typeof ChangeEvent>;

/** The little that every event tells. */
export const Event = z.looseObject({ type: z.string(), subtype: z.string().nullish() });
export type Event = z.output<typeof Event>;

/** An event in its envelope ("The Events API"). */
export const EventBody = z.looseObject({
  event: Event,
  event_time: z.number().nullish(),
  authorizations: z
    .array(z.looseObject({ user_id: z.string().nullish(), is_bot: z.boolean().nullish() }))
    .nullish(),
});

/** A reaction given or taken back ("reaction_added event", "reaction_removed event"). */
export const ReactionEvent = z.looseObject({
  type: z.string(),
  user: z.string(),
  reaction: z.string(),
  item: z.looseObject({ type: z.string(), channel: z.string().nullish(), ts: z.string().nullish() }),
  event_ts: z.string().nullish(),
});
export type ReactionEvent = z.output<typeof ReactionEvent>;

/** Tokens that were taken from the app ("tokens_revoked event"). */
export const RevokedEvent = z.looseObject({
  tokens: z.looseObject({ bot: z.array(z.string()).nullish() }).nullish(),
});

/** A slash command ("Slash commands"). */
export const Command = z.looseObject({
  command: z.string(),
  text: z.string().nullish(),
  user_id: z.string(),
  channel_id: z.string(),
  channel_name: z.string().nullish(),
});
export type Command = z.output<typeof Command>;

const Label = z.looseObject({ text: z.string() });
const Option = z.looseObject({ text: Label, value: z.string().nullish() });

/** One thing that was pressed or chosen. */
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
export type Press = z.output<typeof Press>;

/** What a customer chose under a message ("block_actions payload"). */
export const Pressed = z.looseObject({
  user: z.looseObject({ id: z.string() }),
  channel: z.looseObject({ id: z.string() }).nullish(),
  container: z.looseObject({ message_ts: z.string().nullish(), thread_ts: z.string().nullish() }).nullish(),
  message: z.looseObject({ ts: z.string(), thread_ts: z.string().nullish() }).nullish(),
  actions: z.array(Press),
});
