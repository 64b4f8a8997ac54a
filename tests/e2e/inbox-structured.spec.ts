import { expect, type Page, test } from "@playwright/test";
import type { MessageView } from "#contracts/conversation";
import type { MessageData } from "#contracts/structured";
import { axeFindings, axeInBoth } from "#support/axe";
import { type FakeInbox, openFakeInbox } from "#support/fake-inbox";
import type { FakeConversation } from "#support/inbox-data";
import { idOf } from "#support/inbox-ids";

let inbox: FakeInbox;
let found: FakeConversation;
test.beforeEach(async () => {
  inbox = await openFakeInbox({ count: 20 });
  const conversation = [...inbox.known.values()].find(({ row }) => row.channel === "web");
  if (conversation === undefined) throw new Error("no web chat is there");
  found = conversation;
  const operator = { id: "op-maya", name: "Maya Lindqvist" };
  found.row = {
    ...found.row,
    state: { ...found.row.state, state: "WITH_HUMAN", owner: "operator", operator },
  };
  found.messages = [];
});
test.afterEach(() => inbox.close());

const nori = { kind: "agent", name: "Nori" } as const;
const customer = { kind: "customer" } as const;

function said(author: MessageView["author"], text: string, data?: MessageData): MessageView {
  const seq = (found.messages.at(-1)?.seq ?? 0) + 1;
  const message: MessageView = {
    id: idOf(70_000 + seq),
    conversationId: found.row.id,
    seq,
    author,
    text,
    audience: "all",
    createdAt: new Date(Date.now() - 600_000 + seq * 1_000).toISOString(),
    ...(data && { data }),
  };
  found.messages.push(message);
  found.row = { ...found.row, head: seq };
  return message;
}

const choices: MessageData = {
  kind: "choices",
  choices: [
    { id: "s", label: "Small" },
    { id: "l", label: "Large" },
  ],
};
const form: MessageData = {
  kind: "form",
  title: "Your order",
  fields: [
    { id: "order", label: "Order number", type: "text", required: true },
    { id: "size", label: "Size", type: "choice", required: true, choices: choices.choices },
    { id: "more", label: "What is wrong with it?", type: "long_text", required: false },
  ],
};
const cards: MessageData = {
  kind: "cards",
  cards: [
    {
      title: "Fjell 2",
      text: "For two, 1.9 kg.",
      actions: [
        { label: "See it", url: "https://shop.example/fjell-2" },
        { label: "This one", reply: "I take the Fjell 2" },
      ],
    },
  ],
};

function story() {
  said(customer, "I need another size");
  const asked = said(nori, "Which size?", choices);
  said(customer, "Large", { kind: "answer", to: asked.id, values: { choice: "l" } });
  const wanted = said(nori, "Tell me about the order.", form);
  said(customer, "Order number: N-12\nSize: Small", {
    kind: "answer",
    to: wanted.id,
    values: { order: "N-12", size: "s" },
  });
  said(nori, "These fit as well.", cards);
  said({ kind: "operator", id: "op-maya", name: "Maya Lindqvist" }, "Which colour?", {
    kind: "choices",
    choices: [{ id: "r", label: "Red" }],
  });
}

async function visit(page: Page) {
  await page.goto(`${inbox.url}/inbox/${found.row.id}?view=all`);
  await expect(page.getByTestId("transcript")).toBeVisible();
}

test("shows what the customer could press, read and fill in, and what they answered", async ({ page }) => {
  story();
  await visit(page);
  const log = page.getByTestId("transcript");
  await expect(log.getByRole("listitem").filter({ hasText: "Large (chosen by the customer)" })).toBeVisible();
  await expect(log.getByText("Answered", { exact: true })).toBeVisible();
  await expect(log.getByRole("definition").filter({ hasText: "N-12" })).toBeVisible();
  await expect(log.getByRole("link", { name: "See it" })).toHaveAttribute(
    "href",
    "https://shop.example/fjell-2",
  );
  await expect(log.getByRole("listitem").filter({ hasText: "Red" })).toBeVisible();
});

test("shows the text of what it does not know how to draw", async ({ page }) => {
  said(customer, "I need another size");
  said(nori, "Look at this.", { kind: "hologram" } as unknown as MessageData);
  await visit(page);
  await expect(page.getByTestId("transcript").getByText("Look at this.")).toBeVisible();
});

test("hands back with a note and the topics that the assistant may help with", async ({ page }) => {
  story();
  await visit(page);
  await page.keyboard.press("b");
  const dialog = page.getByRole("dialog", { name: /Hand back to/ });
  await dialog.getByLabel(/Note/).fill("20 euros are on their way");
  await dialog.getByRole("radio", { name: /These topics only/ }).check();
  await expect(dialog.getByRole("button", { name: "Hand back" })).toBeDisabled();
  await dialog.getByLabel("Topics", { exact: true }).first().fill("returns, sizes");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: "Remove sizes" })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Hand back" }).click();
  await expect(dialog).toHaveCount(0);
  expect(inbox.calls.findLast(({ path }) => path.endsWith("/handover"))?.body).toEqual({
    to: { kind: "ai", scope: { topics: ["returns", "sizes"] } },
    note: "20 euros are on their way",
  });
});

test("shows the customer's topics together, and goes from one to the other", async ({ page }) => {
  story();
  const [other] = [...inbox.known.values()].filter(
    ({ row }) => row.id !== found.row.id && row.channel === "web",
  );
  if (other === undefined) throw new Error("no other web chat is there");
  const { attributes, customer: who } = found.row;
  found.row = { ...found.row, attributes: { ...attributes, topic: "Returns" } };
  other.row = { ...other.row, customer: who, unread: 2, attributes: { ...attributes, topic: "Orders" } };
  await page.route(/\/topics$/, (route) => route.fulfill({ json: { rows: [found.row, other.row] } }));
  await visit(page);
  const topics = page.getByRole("complementary", { name: "Details" });
  await expect(topics.getByRole("button", { name: "Topics (2)" })).toBeVisible();
  await expect(topics.getByRole("link", { name: /^Returns/ })).toHaveAttribute("aria-current", "true");
  await topics.getByRole("link", { name: /^Orders.*2 unread/ }).click();
  await expect(page).toHaveURL(new RegExp(other.row.id));
});

test("axe finds nothing in structured messages, light and dark", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 1100 });
  story();
  await visit(page);
  await expect(page.getByText("Fjell 2")).toBeVisible();
  expect(await axeInBoth(page, { as: "inbox-structured" })).toEqual([]);
});
