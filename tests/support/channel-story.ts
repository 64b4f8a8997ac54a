import sharp from "sharp";
import { expect } from "vitest";
import type { PlatformName } from "#contracts/channel";
import type { ConversationDetail } from "#contracts/operator";
import { read, withCompany } from "#lib/db";
import { importArticles } from "#services/knowledge";
import { type ChannelStage, connect, detailOf, logOf, post, until } from "./channel-stage.ts";
import { newSeed, seeded } from "./random.ts";
import type { Answered, Shop } from "./stage.ts";

export type Delivery = { headers: Record<string, string>; body: string };
type Posted = Delivery | Promise<Delivery>;

/** One part of a message of ours, as its platform took it. */
export type Part = { id: string; text: string; buttons: string[]; file: boolean };

type Step = "sent" | "delivered" | "read";

/** A customer of a platform: what they do, as the platform would post it, and what reached them. */
export type Customer = {
  says(words: string): Posted;
  /** Absent where there are no buttons, and the words are typed. */
  presses?(title: string, part: Part): Posted;
  /** A picture with its words. */
  shows(picture: Buffer, words: string): Posted;
  /** What the log shows for a picture, where no words can stand beside one. */
  shownAs?: string;
  /** How far a part came; undefined for a step that the platform does not tell. */
  tells?(status: Step, part: Part): Posted | undefined;
  /** All that reached them, in order. */
  received(): Part[];
  /** How often they saw that somebody writes; absent where nobody does. */
  sawTyping?(): number;
};

/** A company with articles and one connection, and the customer who writes to it. */
type Story = Awaited<ReturnType<typeof beginStory>>;

let furnishing: Promise<unknown> = Promise.resolve();

/** Makes a company whose articles can answer; one after another, as stories that are told at once begin at once. */
function aShopWithArticles(stage: ChannelStage): Promise<Shop> {
  const shop = furnishing.then(async () => {
    const made = await stage.shop();
    await importArticles(made.owner.who, "demo/help-centre");
    return made;
  });
  furnishing = shop.catch(() => undefined);
  return shop;
}

/** Connects a platform to a new company with articles, where this customer writes. */
export async function beginStory(
  stage: ChannelStage,
  channel: PlatformName,
  settings: Record<string, string>,
  who: (webhookUrl: string) => Customer,
) {
  const shop = await aShopWithArticles(stage);
  const connection = await connect(stage, shop, channel, settings);
  return storyOf(stage, shop, connection, who(connection.webhookUrl));
}

/** What a customer and the operators of a company do at a connection. */
function storyOf(
  stage: ChannelStage,
  shop: Shop,
  connection: { id: string; path: string; webhookUrl: string },
  customer: Customer,
) {
  const { companyId } = shop;
  const posted: Delivery[] = [];
  const story = {
    stage,
    shop,
    connection,
    customer,
    /** What the customer wrote, as the log must hold it. */
    written: [] as string[],

    async posts(given: Posted): Promise<void> {
      const delivery = await given;
      posted.push(delivery);
      expect(await post(stage, connection.path, delivery)).toBe(200);
    },
    async says(words: string): Promise<void> {
      story.written.push(words);
      await story.posts(customer.says(words));
    },
    /** What reached the customer since there were so many parts, once it holds this. */
    async hears(words: string | RegExp, after = 0): Promise<Part> {
      const rest = () => customer.received().slice(after);
      const found = () => rest().find(({ text }) => includes(text, words));
      try {
        return await until(found, 15);
      } catch {
        const heard = rest().map(({ text }) => text);
        throw new Error(`The customer did not hear "${words}" but ${JSON.stringify(heard, undefined, 2)}`);
      }
    },
    /** Waits until nothing is under way any more, in either direction. */
    settled: () => until(async () => (await underWay(companyId)) === 0, 25),
    async conversation(): Promise<string> {
      const [row] = await until(async () => {
        const log = await logOf(companyId);
        return log.length > 0 && log;
      });
      return row?.conversationId ?? "";
    },
    async asOperator<T = Record<string, unknown>>(act: string, body?: unknown): Promise<Answered<T>> {
      const path = `/api/agent/conversations/${await story.conversation()}/${act}`;
      const answered = await stage.ask<T>("POST", path, shop.owner.cookie, body);
      expect([200, 201, 204], answered.text).toContain(answered.status);
      return answered;
    },
    /** Sends as an operator, and answers the message's id. */
    async replies(text: string, more: Record<string, unknown> = {}): Promise<string> {
      const body = { clientId: crypto.randomUUID(), text, ...more };
      return (await story.asOperator<{ messageId: string }>("send", body)).body.messageId;
    },
    /** Lets so many hours pass since the customer last wrote. */
    async ages(hours: number): Promise<void> {
      const lastCustomerAt = new Date(Date.now() - hours * 3_600_000);
      await withCompany(companyId, (tx) =>
        tx.thread.updateMany({ where: { companyId }, data: { lastCustomerAt } }),
      );
    },
    async state(): Promise<string> {
      return (await story.detail()).row.state.state;
    },
    async detail(): Promise<ConversationDetail> {
      return detailOf(stage, shop, await story.conversation());
    },
    /** The delivery of one message, once it is in one of these states. */
    async delivered(messageId: string, ...states: string[]) {
      return until(async () => {
        const { messages } = await story.detail();
        const { delivery } = messages.find(({ id }) => id === messageId) ?? {};
        return delivery !== undefined && states.includes(delivery.state) && delivery;
      }, 20);
    },
    /** Lines that only operators see. */
    async remarks(): Promise<string[]> {
      const log = await logOf(companyId);
      return log.flatMap(({ audience, text }) => (audience === "operators" ? [text] : []));
    },
    /** Every delivery three times more, at once and in any order: nothing may change. */
    async redelivers(): Promise<void> {
      await story.settled();
      const [log, received] = [await logOf(companyId), customer.received()];
      const seed = newSeed();
      const again = shuffled([...posted, ...posted, ...posted], seeded(seed));
      const statuses = await Promise.all(again.map((delivery) => post(stage, connection.path, delivery)));
      expect(new Set(statuses), `seed ${seed}`).toEqual(new Set([200]));
      await story.settled();
      expect(await logOf(companyId), `seed ${seed}`).toEqual(log);
      expect(customer.received(), `seed ${seed}`).toEqual(received);
    },
    /** Each word of the customer once in the log, each of ours once at the platform. */
    async countsBothEnds(): Promise<void> {
      await story.settled();
      const { messages } = await story.detail();
      const theirs = messages.filter(({ author }) => author.kind === "customer");
      expect(theirs.map(({ text }) => text)).toEqual(story.written);
      const arrived = ["sent", "delivered", "read"];
      const ours = messages.filter(
        ({ delivery }) => delivery !== undefined && arrived.includes(delivery.state),
      );
      const expected = ours.flatMap(({ text, attachments = [] }) => [
        expect.stringMatching(new RegExp(`^${letters(text)}`)),
        ...attachments.map(() => "a file"),
      ]);
      expect(customer.received().map((part) => (part.file ? "a file" : letters(part.text)))).toEqual(
        expected,
      );
    },
  };
  return story;
}

/**
 * The story of a whole conversation: a question that the articles answer, the wish for a person, the queue, an operator
 * with a picture, a picture back, how far the answers came, and the assistant again. `strong` is how the platform writes
 * what is important.
 */
export async function tellStory(story: Story, strong: (words: string) => string): Promise<void> {
  const { customer, shop, stage } = story;
  await story.says("I forgot my password");
  const answer = await story.hears(strong("Sign in › Forgot password"));
  await story.settled();
  expect(customer.received()).toEqual([answer]);
  if (customer.sawTyping !== undefined) expect(customer.sawTyping()).toBeGreaterThan(0);

  await story.says("I want to talk to a human being now");
  const offer = await story.hears("Would you like to talk to a person?");
  if (customer.presses === undefined) expect(offer.text).toMatch(/[-•] Talk to a person\n[-•] No, thanks/);
  else expect(offer.buttons).toEqual(["Talk to a person", "No, thanks"]);
  await pressesFor(story, "Talk to a person", offer);
  await story.hears("please wait. You are next in line.");
  expect(await story.state()).toBe("WAITING_HUMAN");

  await story.asOperator("accept");
  const reply = await repliesWithPicture(story, "**Ada** here, this is the way");
  const heard = await story.hears(`${strong("Ada")} here, this is the way`);
  await until(() => customer.received().some(({ file }) => file));

  const { shownAs = "Here it is" } = customer;
  story.written.push(shownAs);
  await story.posts(customer.shows(await aPicture(), "Here it is"));
  const [shown] = await until(async () => {
    const { messages } = await story.detail();
    const last = messages.findLast(({ author }) => author.kind === "customer");
    return last?.text === shownAs && last.attachments;
  });
  expect(shown).toMatchObject({ mediaType: "image/png", width: 8, height: 8 });
  const conversation = `/api/agent/conversations/${await story.conversation()}`;
  const file = await fetch(`${stage.url}${conversation}/${shown?.url}`, { headers: shop.owner.cookie });
  expect([file.status, file.headers.get("content-type")]).toEqual([200, "image/png"]);
  await file.arrayBuffer();

  await movesForward(story, reply, heard);
  await story.replies("Thank you, all is well now.");
  await story.asOperator("handover", { to: { kind: "ai" } });
  await story.says("How can I pay?");
  await story.hears("PayPal");
  await story.countsBothEnds();
  await story.redelivers();
}

/** The customer takes a choice that was offered: by its button, or by writing it. */
async function pressesFor(story: Story, title: string, part: Part): Promise<void> {
  if (story.customer.presses === undefined) return story.says(title);
  story.written.push(title);
  await story.posts(story.customer.presses(title, part));
}

/** An operator answers with words and a picture. Answers the message's id. */
export async function repliesWithPicture(story: Story, text: string): Promise<string> {
  const { stage, shop } = story;
  const path = `/api/agent/conversations/${await story.conversation()}/attachments`;
  const response = await fetch(`${stage.url}${path}`, {
    method: "POST",
    headers: { ...shop.owner.cookie, "content-type": "image/png", "x-file-name": "map.png" },
    body: new Uint8Array(await aPicture()),
  });
  const { id } = (await response.json()) as { id: string };
  return story.replies(text, { attachments: [id] });
}

/** A message of ours was read, which is told before that it was delivered. */
async function movesForward(story: Story, messageId: string, first: Part): Promise<void> {
  const { tells } = story.customer;
  await story.delivered(messageId, "sent");
  if (tells === undefined) return;
  const received = story.customer.received();
  const parts = received.slice(received.findIndex(({ id }) => id === first.id));
  // In the wrong order, and each but the first too late.
  const told = (["read", "delivered", "sent"] as const).filter((step) => tells(step, first) !== undefined);
  for (const step of told) for (const part of parts) await story.posts(tells(step, part) as Posted);
  await story.settled();
  await story.delivered(messageId, told[0] ?? "sent");
}

/** A picture that can be read, since what comes in is written anew. */
function aPicture(): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: "#3a7" } })
    .png()
    .toBuffer();
}

function shuffled<T>(list: T[], random: () => number): T[] {
  return list
    .map((each) => ({ each, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ each }) => each);
}

async function underWay(companyId: string): Promise<number> {
  const [row] = await read<{ count: number }>(
    companyId,
    `SELECT (SELECT count(*) FROM webhook_delivery WHERE company_id = $1 AND state = 'received')::int
          + (SELECT count(*) FROM delivery WHERE company_id = $1 AND state IN ('waiting', 'sending'))::int
          + (SELECT count(*) FROM run WHERE company_id = $1 AND state IN ('queued', 'running'))::int AS count`,
    [companyId],
  );
  return row?.count ?? 0;
}

function includes(text: string, words: string | RegExp): boolean {
  return typeof words === "string" ? text.includes(words) : words.test(text);
}

/** The letters and digits of a text, which no dialect changes; numbers of sources are links on some, and left out on others. */
function letters(text: string): string {
  return text
    .replace(/\[\\?\[\d{1,2}\\?\]\]\([^)]*\)/g, "")
    .replace(/<\/?[a-z][^<>]*>/g, "")
    .replace(/\[\d{1,2}\]/g, "")
    .replace(/&(?:amp|lt|gt|quot);/g, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
