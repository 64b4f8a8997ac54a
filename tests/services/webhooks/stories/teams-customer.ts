import type { Customer, Delivery } from "#support/channel-story";
import { type FakeTeams, newActivityId } from "#support/fake-teams";

/** The bot that people write to. */
export const account = {
  appId: "7b1d1c7e-55a3-4f0c-9b5e-0d5a6d0f6a11",
  appPassword: "the~client.secret-of-this-bot",
  tenantId: "72f988bf-86f1-41af-91ab-2d7cd011db47",
};

const bot = { id: `28:${account.appId}`, name: "Acme Help" };

/** Somebody of an organisation in their talk with the bot, or in the thread of a channel. */
export function aTeamsCustomer(
  fake: FakeTeams,
  conversationId: string,
  { tenantId = account.tenantId, kind = "personal" } = {},
) {
  const { serviceUrl } = fake;
  const from = { id: `29:${conversationId}`, name: "Megan Bowen", aadObjectId: crypto.randomUUID() };
  const deliver = async (fields: Record<string, unknown>): Promise<Delivery> => {
    const activity = {
      type: "message",
      id: newActivityId(),
      channelId: "msteams",
      serviceUrl,
      timestamp: new Date().toISOString(),
      from,
      recipient: bot,
      conversation: { conversationType: kind, id: conversationId, tenantId },
      channelData: { tenant: { id: tenantId } },
      ...fields,
    };
    const token = await fake.token({ audience: account.appId, serviceUrl });
    return {
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify(activity),
    };
  };
  const ours = () => fake.written.filter(({ path }) => path.includes(`/conversations/${conversationId}/`));
  return {
    deliver,
    says: (text) => {
      if (kind === "personal") return deliver({ text });
      const mention = { type: "mention", mentioned: bot, text: `<at>${bot.name}</at>` };
      return deliver({ text: `<at>${bot.name}</at> ${text}`, entities: [mention] });
    },
    presses: (title, part) => deliver({ text: title, value: { buttonId: title }, replyToId: part.id }),
    shows(picture, text) {
      const id = crypto.randomUUID();
      fake.pictures.set(id, picture);
      const contentUrl = `${serviceUrl}v3/attachments/${id}`;
      return deliver({ text, attachments: [{ contentType: "image/*", contentUrl }] });
    },
    tells(status, part) {
      if (status !== "read") return undefined;
      const value = { lastReadMessageId: part.id };
      return deliver({ type: "event", name: "application/vnd.microsoft.readReceipt", value });
    },
    received: () =>
      ours()
        .filter(({ body }) => body.type === "message")
        .map(({ body, id = "" }) => ({ id, ...shownOf(body) })),
    sawTyping: () => ours().filter(({ body }) => body.type === "typing").length,
  } satisfies Customer & Record<string, unknown>;
}

type Card = { body: { text: string }[]; actions: { title: string }[] };

function shownOf({ text, attachments = [] }: { text?: string; attachments?: { content?: Card }[] }) {
  const [first] = attachments;
  return {
    text: text ?? first?.content?.body[0]?.text ?? "",
    buttons: (first?.content?.actions ?? []).map(({ title }) => title),
    file: first !== undefined && first.content === undefined,
  };
}
