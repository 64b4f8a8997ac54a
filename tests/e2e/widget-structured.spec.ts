import { expect, type FrameLocator, type Page, test } from "@playwright/test";
import type { MessageData } from "#contracts/structured";
import { axeInBoth } from "#support/axe";
import { startWidgetStage, type WidgetStage } from "#support/widget-stage";
import { openChat } from "#support/widget-window";

let stage: WidgetStage;

test.beforeEach(async () => {
  stage = await startWidgetStage();
});
test.afterEach(() => stage.stop());

const nora = { kind: "agent", name: "Nora" } as const;

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
  submit: "Send details",
  fields: [
    { id: "order", label: "Order number", type: "text", required: true, hint: "It begins with N." },
    { id: "mail", label: "E-mail", type: "email", required: true },
    { id: "count", label: "How many", type: "number", required: false },
    {
      id: "size",
      label: "Size",
      type: "choice",
      required: true,
      choices: [
        { id: "s", label: "Small" },
        { id: "l", label: "Large" },
      ],
    },
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
        { label: "Take this one", reply: "I take the Fjell 2" },
      ],
    },
    { title: "Fjell 3", text: "For three, 2.6 kg.", actions: [{ label: "Odd", url: "javascript:alert(1)" }] },
  ],
};

async function open(page: Page): Promise<FrameLocator> {
  const frame = await openChat(page, stage);
  await expect.poll(() => stage.chat.streams()).toBeGreaterThan(0);
  return frame;
}

function answers() {
  const sent = stage.chat.requests.filter(({ path }) => path.endsWith("/message"));
  return sent.map(({ body }) => body as { clientId: string; text: string; data?: unknown });
}

test("one press answers, and the buttons then only tell what was chosen", async ({ page }) => {
  const frame = await open(page);
  const { id } = stage.chat.script().message(nora, "Which size?", { data: choices });
  await frame.getByRole("button", { name: "Large" }).dblclick();
  await expect(frame.getByRole("listitem").filter({ hasText: "Large (your answer)" })).toBeVisible();
  await expect(frame.getByRole("button", { name: "Small" })).toHaveCount(0);
  await expect.poll(() => answers().length).toBe(1);
  expect(answers()[0]).toEqual({
    clientId: `answer:${id}`,
    text: "Large",
    data: { kind: "answer", to: id, values: { choice: "l" } },
  });
  await page.reload();
  await expect(frame.getByRole("listitem").filter({ hasText: "Large (your answer)" })).toBeVisible();
});

test("words that are written instead close the buttons", async ({ page }) => {
  const frame = await open(page);
  stage.chat.script().message(nora, "Which size?", { data: choices });
  await expect(frame.getByRole("button", { name: "Small" })).toBeVisible();
  const field = frame.getByLabel("Message", { exact: true });
  await field.fill("Medium, if you have it");
  await field.press("Enter");
  await expect(frame.getByRole("button", { name: "Small" })).toHaveCount(0);
  await expect(frame.getByRole("list", { name: "Answers, closed" })).toBeVisible();
});

test("a form is filled in by keyboard alone, says what is wrong beside each field, and is sent once", async ({
  page,
}) => {
  const frame = await open(page);
  const { id } = stage.chat.script().message(nora, "Tell me about your order.", { data: form });
  const order = frame.getByLabel("Order number");
  await order.focus();
  await page.keyboard.press("Enter");
  await expect(order).toBeFocused();
  await expect(order).toHaveAttribute("aria-invalid", "true");
  await expect(order).toHaveAccessibleDescription("Order number is needed.");
  await page.keyboard.type("N-1234");
  await expect(order).toHaveAccessibleDescription("It begins with N.");
  await page.keyboard.press("Tab");
  await page.keyboard.type("kim@");
  await page.keyboard.press("Tab");
  await page.keyboard.type("2,5");
  await page.keyboard.press("Tab");
  await page.keyboard.press("l");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const mail = frame.getByLabel("E-mail");
  await expect(mail).toBeFocused();
  await expect(mail).toHaveAccessibleDescription(/Write an e-mail address/);
  await page.keyboard.press("End");
  await page.keyboard.type("example.com");
  await page.keyboard.press("Enter");
  await expect(frame.getByText("Your order: answered")).toBeVisible();
  await expect(frame.getByLabel("Message", { exact: true })).toBeFocused();
  await expect.poll(() => answers().length).toBe(1);
  expect(answers()[0]).toMatchObject({
    text: "Order number: N-1234\nE-mail: kim@example.com\nHow many: 2.5\nSize: Large",
    data: { to: id, values: { order: "N-1234", mail: "kim@example.com", count: 2.5, size: "l" } },
  });
});

test("cards lead where they may, and a reply is a message like any other", async ({ page }) => {
  const frame = await open(page);
  stage.chat.script().message(nora, "Two tents fit.", { data: cards });
  await expect(frame.getByRole("link", { name: "See it" })).toHaveAttribute(
    "href",
    "https://shop.example/fjell-2",
  );
  await expect(frame.getByRole("link")).toHaveCount(1);
  await frame.getByRole("button", { name: "Take this one" }).click();
  await expect.poll(() => answers().map(({ text }) => text)).toEqual(["I take the Fjell 2"]);
});

test("what this window does not know how to draw is the text that it is", async ({ page }) => {
  const frame = await open(page);
  const data = { kind: "hologram" } as unknown as MessageData;
  stage.chat.script().message(nora, "Look at this.", { data });
  await expect(frame.getByText("Look at this.", { exact: true })).toBeVisible();
});

test("axe finds nothing in choices, cards and forms, light and dark", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 1400 });
  const frame = await open(page);
  const chat = stage.chat.script();
  chat.message(nora, "Two tents fit.", { data: cards });
  chat.message(nora, "Tell me about your order.", { data: form });
  chat.message(nora, "Which size?", { data: choices });
  await frame.getByRole("button", { name: "Send details" }).click();
  await expect(frame.getByText("Order number is needed.")).toBeVisible();
  expect(await axeInBoth(page)).toEqual([]);
  await frame.getByRole("button", { name: "Large" }).click();
  await expect(frame.getByRole("list", { name: "Answers, closed" })).toBeVisible();
  expect(await axeInBoth(page)).toEqual([]);
});
