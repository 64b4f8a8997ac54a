import { z } from "zod";
import { jsonIn, jsonOf, readAs } from "#channels/json";
import { FileName, Id, Name } from "#channels/values";

const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);
const words = maybe(z.string());

/** What must be known of a delivery before it is believed. */
export const Envelope = z.looseObject({
  serviceUrl: z.string().min(1),
  channelId: z.string().min(1),
  conversation: maybe(z.looseObject({ tenantId: words })),
  channelData: maybe(z.looseObject({ tenant: maybe(z.looseObject({ id: words })) })),
});
export type Envelope = z.output<typeof Envelope>;

const Account = z.looseObject({ id: maybe(Id), name: maybe(Name), aadObjectId: words, role: words });

const Attachment = z.looseObject({
  contentType: z.string(),
  contentUrl: words,
  name: maybe(FileName),
  content: z.unknown().optional(),
});

/** What hangs on an activity: a file, a card, the text over again as HTML. */
export type TeamsAttachment = z.output<typeof Attachment>;

const Entity = z.looseObject({
  type: z.string(),
  text: words,
  mentioned: maybe(Account),
});

const ReactionType = z.looseObject({ type: z.string() });

/** What Teams delivers (learn.microsoft.com, Bot Framework "API reference", "Activity object"). */
const Activity = z.looseObject({
  type: z.string(),
  id: maybe(Id),
  timestamp: words,
  serviceUrl: z.string(),
  from: maybe(Account),
  recipient: maybe(Account),
  conversation: z.looseObject({ id: Id, conversationType: words, tenantId: words }),
  text: words,
  locale: words,
  attachments: maybe(z.array(Attachment)),
  entities: maybe(z.array(Entity)),
  channelData: maybe(
    z.looseObject({
      tenant: maybe(z.looseObject({ id: words })),
      team: maybe(z.looseObject({ id: words })),
    }),
  ),
  replyToId: maybe(Id),
  name: words,
  action: words,
  value: z.unknown().optional(),
  reactionsAdded: maybe(z.array(ReactionType)),
  reactionsRemoved: maybe(z.array(ReactionType)),
  membersAdded: maybe(z.array(Account)),
  membersRemoved: maybe(z.array(Account)),
});
export type Activity = z.output<typeof Activity>;

/** The value of a read receipt. */
export const LastRead = z.looseObject({ lastReadMessageId: z.coerce.string() });

/** The value of a card's button that waits for an answer. */
export const CardAction = z.looseObject({
  action: z.looseObject({ title: words, verb: words, data: z.unknown().optional() }),
});

/** The value of the thumb under an answer of the agent. */
export const Feedback = z.looseObject({
  actionName: z.literal("feedback"),
  actionValue: z.looseObject({ reaction: z.enum(["like", "dislike"]) }),
});

/** Reads the activity of a delivery. Throws where it is none. */
export function activityOf(rawBody: Buffer): Activity {
  return readAs(Activity, jsonOf(rawBody));
}

/** Reads the activity of a delivery; undefined where it is none. */
export function activityIn(rawBody: Buffer): Activity | undefined {
  return Activity.safeParse(jsonIn(rawBody)).data;
}
