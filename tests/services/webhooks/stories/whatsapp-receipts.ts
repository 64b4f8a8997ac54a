import { describe, expect, it } from "vitest";
import { type ChannelStage, until } from "#support/channel-stage";
import { beginStory, type Part, repliesWithPicture } from "#support/channel-story";
import type { FakeGraph } from "#support/fake-graph";
import { aWhatsAppCustomer, change, whatsappSettings } from "./whatsapp-customer.ts";

type World = { stage: ChannelStage; graph: FakeGraph };

/** How far a message of several parts came, where its parts meet different ends. */
export function tellReceiptStories(world: () => World): void {
  describe.concurrent("how far a message of ours came", { timeout: 60_000 }, () => {
    it("is not told by its first part while another is still to leave", async () => {
      const { customer, story, heard } = await servedOnWhatsApp(world(), "16505550201");
      world().graph.meetsAt("16505550201", { late: 0 }, { status: 400, code: 131053 });
      const message = await repliesWithPicture(story, "This is the way");
      const text = await until(() => customer.received()[heard]);
      await story.posts(customer.tells("delivered", text));

      expect(await story.delivered(message, "failed")).toMatchObject({
        words: "WhatsApp does not accept this file.",
      });
    });

    it("is told by its receipt where the answer was lost, and the rest of it follows", async () => {
      const { customer, story, heard } = await servedOnWhatsApp(world(), "16505550202");
      world().graph.meetsAt("16505550202", "cut");
      const message = await repliesWithPicture(story, "This is the way");
      await story.delivered(message, "unknown");
      const [lost] = triesOf(world(), "16505550202", "This is the way");
      const { biz_opaque_callback_data } = (lost?.json ?? {}) as Record<string, string>;
      const status = { id: "wamid.lost", timestamp: "1764000000", biz_opaque_callback_data };
      await story.posts(change({ statuses: [{ ...status, status: "sent" }] }));

      await story.delivered(message, "sent");
      expect(customer.received().slice(heard)).toMatchObject([{ file: true }]);
      expect(triesOf(world(), "16505550202", "This is the way")).toHaveLength(1);
    });

    it("stays unknown where a receipt tells of another part", async () => {
      const { customer, story, heard } = await servedOnWhatsApp(world(), "16505550203");
      world().graph.meetsAt("16505550203", { late: 0 }, "cut");
      const message = await repliesWithPicture(story, "This is the way");
      const text = await until(() => customer.received()[heard]);
      await story.delivered(message, "unknown");
      await story.posts(customer.tells("read", text));
      await story.settled();

      expect(await story.delivered(message, "unknown")).toBeDefined();
    });

    it("is as far as its part that is furthest behind", async () => {
      const { customer, story, heard } = await servedOnWhatsApp(world(), "16505550204");
      const message = await repliesWithPicture(story, "This is the way");
      await story.delivered(message, "sent");
      const [text, picture] = customer.received().slice(heard);
      await story.posts(customer.tells("delivered", text as Part));
      await story.settled();
      expect(await story.delivered(message, "sent")).toBeDefined();

      await story.posts(customer.tells("read", picture as Part));
      await story.delivered(message, "delivered");
      await story.posts(customer.tells("read", text as Part));
      await story.delivered(message, "read");
    });

    it("is failed where one part failed after another had arrived, and only that one is sent again", async () => {
      const { customer, story, heard } = await servedOnWhatsApp(world(), "16505550205");
      const message = await repliesWithPicture(story, "This is the way");
      await story.delivered(message, "sent");
      const [text, picture] = customer.received().slice(heard) as [Part, Part];
      await story.posts(customer.tells("delivered", text));
      const status = { id: picture.id, timestamp: "1764000000", status: "failed" };
      await story.posts(
        change({ statuses: [{ ...status, errors: [{ code: 131026, title: "Undeliverable" }] }] }),
      );
      await story.delivered(message, "failed");

      await story.asOperator(`messages/${message}/retry`);
      await story.delivered(message, "sent");
      expect(customer.received().slice(heard)).toMatchObject([
        { text: text.text },
        { file: true },
        { file: true },
      ]);
      expect(triesOf(world(), "16505550205", "This is the way")).toHaveLength(1);
    });
  });
}

/** A conversation that an operator has, with all that was said before at the customer. */
async function servedOnWhatsApp({ stage, graph }: World, phone: string) {
  const customer = aWhatsAppCustomer(graph, phone);
  const story = await beginStory(stage, "whatsapp", whatsappSettings(), () => customer);
  await story.says("How can I pay?");
  await story.hears("PayPal");
  await story.asOperator("take-over");
  await story.settled();
  return { customer, story, heard: customer.received().length };
}

/** The requests to send these words to a customer, also those whose answer was lost. */
function triesOf({ graph }: World, phone: string, words: string) {
  return graph.calls.filter(({ json }) => {
    const { to, text } = (json ?? {}) as { to?: string; text?: { body: string } };
    return to === phone && text?.body === words;
  });
}
