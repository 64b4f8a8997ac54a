import { expect, test } from "@playwright/test";
import { axeFindings, axeInBoth } from "#support/axe";
import type { Script } from "#support/fake-chat-server";
import { startWidgetStage, type WidgetStage } from "#support/widget-stage";
import { openChat, say } from "#support/widget-window";

const answer = `You have **30 days** from delivery to return a tent [1].

1. Open *Your orders*.
2. Print the label.`;
const sources = [
  {
    number: 1,
    articleId: "a1",
    title: "Returns",
    section: "How long you have",
    url: "/help/returns",
    quote: "30 days.",
  },
];

let stage: WidgetStage;

test.beforeEach(async () => {
  stage = await startWidgetStage({ answer: (text, chat) => play(text, chat) });
});
test.afterEach(() => stage.stop());

async function play(text: string, chat: Script) {
  if (text.includes("slowly")) await chat.stream(answer.repeat(12), {}, { pause: 150, thinking: 20 });
  else if (text.includes("tent")) await chat.stream(answer, { sources }, { pause: 3, thinking: 20 });
}

test("a page with two entries in its policy embeds the chat, asks and gets an answer with sources", async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  const frame = await openChat(page, stage);
  await frame.getByRole("button", { name: "How long do I have to return a tent?" }).click();
  await expect(frame.getByText("30 days", { exact: true })).toBeVisible();
  await frame.getByRole("button", { name: "Source 1 Returns" }).click();
  await expect(frame.getByText("How long you have")).toBeVisible();
  await expect(frame.getByRole("article", { name: /Nora, AI assistant, / })).toHaveCount(1);
  expect(complaints).toEqual([]);
  const secret = stage.chat.room()?.token ?? "";
  expect(addresses.filter((address) => address.includes(secret))).toEqual([]);
});

test("a page of an origin that is not on the list gets no window", async ({ page }) => {
  stage.allowed.length = 0;
  await page.goto(stage.hostUrl);
  const refused = page.waitForEvent("console", (said) => said.text().includes("frame-ancestors"));
  await page.getByRole("button", { name: "Open chat" }).click();
  await expect(page.locator("iframe")).toBeVisible();
  await refused;
  await expect(page.frameLocator("iframe").getByRole("dialog")).toHaveCount(0);
  expect(stage.chat.requests).toEqual([]);
});

test("the whole story goes by keyboard alone", async ({ page }) => {
  await page.goto(stage.hostUrl);
  await page.getByRole("button", { name: "Buy" }).focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Open chat" })).toBeFocused();
  await page.keyboard.press("Enter");
  const frame = page.frameLocator("iframe");
  await expect(frame.getByLabel("Message", { exact: true })).toBeFocused();
  await page.keyboard.type("May I return my tent?");
  await page.keyboard.press("Enter");
  await expect(frame.getByRole("status").filter({ hasText: "You have 30 days" })).toHaveCount(1);
  await frame.getByRole("button", { name: "Menu" }).focus();
  await page.keyboard.press("Enter");
  await expect(frame.getByRole("menuitem", { name: "Talk to a person" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(frame.getByText("You are 2nd in line").first()).toBeVisible();
  await frame.getByLabel("Message", { exact: true }).focus();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: /Open chat/ })).toBeFocused();
  await expect(page.locator("iframe")).toBeHidden();
});

test("axe finds nothing, light and dark", async ({ page }) => {
  const frame = await openChat(page, stage);
  expect(await axeInBoth(page)).toEqual([]);
  await say(frame, "May I return my tent?");
  await frame.getByRole("button", { name: "Source 1 Returns" }).click();
  const chat = stage.chat.script();
  chat.escalate();
  await expect(frame.getByRole("region", { name: "Waiting for a person" })).toBeVisible();
  expect(await axeInBoth(page)).toEqual([]);
  chat.join("Mara Lindqvist");
  chat.message({ kind: "operator", id: "op-1", name: "Mara Lindqvist" }, "Hello!");
  chat.typing("Mara Lindqvist");
  await frame.getByRole("button", { name: "Menu" }).click();
  await expect(frame.getByText("Hello!", { exact: true })).toBeVisible();
  expect(await axeInBoth(page)).toEqual([]);
});

test("what is written while the server is away is kept over a reload and sent once", async ({ page }) => {
  const frame = await openChat(page, stage);
  await say(frame, "first");
  await expect(frame.getByText("Sent")).toBeVisible();
  stage.chat.trouble("cut");
  await say(frame, "second");
  await expect(frame.getByText("Waiting for the connection")).toBeVisible();
  await expect(frame.getByText("Offline. What you write is kept")).toBeVisible({ timeout: 15_000 });
  await page.reload();
  await expect(frame.getByText("second")).toBeVisible();
  const retry = frame.getByRole("button", { name: "Retry", exact: true });
  await expect(retry).toBeVisible();
  stage.chat.trouble(undefined);
  // The outbox may try again by itself in this very moment; then there is no button left to press.
  await retry.click({ timeout: 3_000 }).catch(() => undefined);
  await expect(frame.getByText("Sent")).toBeVisible({ timeout: 35_000 });
  await expect(frame.getByText("first")).toHaveCount(1);
  await expect(frame.getByText("second")).toHaveCount(1);
  expect(stage.chat.room()?.messages.map(({ text }) => text)).toEqual(["first", "second"]);
});

test("Stop ends an answer and keeps what there was", async ({ page }) => {
  const frame = await openChat(page, stage);
  await say(frame, "slowly please");
  await expect(frame.getByText("Your orders").first()).toBeVisible();
  await frame.getByRole("button", { name: "Stop answering" }).click();
  await expect(frame.getByText("Stopped")).toBeVisible();
});

test("an offer of a person can be taken or declined, and the person is seen to come", async ({ page }) => {
  const frame = await openChat(page, stage);
  await say(frame, "hello");
  await expect(frame.getByText("Sent")).toBeVisible();
  const chat = stage.chat.script();
  const offered = {
    state: "ACTIVE",
    owner: "ai",
    epoch: 0,
    since: new Date().toISOString(),
    offered: true,
  } as const;
  chat.state(offered);
  await frame.getByRole("button", { name: "No thanks" }).click();
  await expect(frame.getByRole("button", { name: "Connect with customer support" })).toHaveCount(0);
  chat.state(offered);
  await frame.getByRole("button", { name: "Connect with customer support" }).click();
  await expect(
    frame.getByText("Connecting you to a support agent, please wait", { exact: true }),
  ).toBeVisible();
  chat.join("Mara Lindqvist");
  await expect(frame.getByRole("article").getByText("Mara Lindqvist joined the chat.")).toBeVisible();
  chat.typing("Mara Lindqvist");
  await expect(frame.getByRole("img", { name: "Mara Lindqvist is typing" })).toBeVisible();
  chat.message({ kind: "operator", id: "op-1", name: "Mara Lindqvist" }, "Hi, how can I help?");
  await expect(frame.getByRole("img", { name: "Mara Lindqvist is typing" })).toHaveCount(0);
  chat.read({ operatorRead: 99 });
  await expect(frame.getByText("Seen")).toBeVisible();
});

test("a customer who would rather not wait goes back to the assistant", async ({ page }) => {
  const frame = await openChat(page, stage);
  await say(frame, "hello");
  await expect(frame.getByText("Sent")).toBeVisible();
  const chat = stage.chat.script();
  chat.escalate();
  const card = frame.getByRole("region", { name: "Waiting for a person" });
  const back = card.getByRole("button", { name: "Go back to the assistant" });

  // By keyboard: it stands before the field, and one writes on where it was.
  await expect(card).toBeVisible();
  await frame.getByRole("button", { name: "Attach a file" }).focus();
  await page.keyboard.press("Shift+Tab");
  await expect(back).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(card).toHaveCount(0);
  const line = "You are talking to the assistant again.";
  await expect(frame.getByRole("status").filter({ hasText: line })).toHaveCount(1);
  await expect(frame.getByRole("article").getByText(line)).toHaveCount(1);
  await expect(frame.getByLabel("Message", { exact: true })).toBeFocused();
  await say(frame, "May I return my tent?");
  await expect(frame.getByText("30 days", { exact: true })).toBeVisible();

  // By mouse, and told when it cannot be done.
  chat.escalate();
  await expect(back).toBeVisible();
  stage.chat.trouble(503);
  await back.click();
  await expect(card.getByRole("alert")).toHaveText("Not now.");
  stage.chat.trouble(undefined);
  await back.click();
  await expect(card).toHaveCount(0);
});

test("a closed window counts what is unread, in the button and in the title", async ({ page }) => {
  const frame = await openChat(page, stage);
  await say(frame, "hello");
  await expect(frame.getByText("Sent")).toBeVisible();
  await frame.getByRole("button", { name: "Close chat" }).click();
  stage.chat.script().message({ kind: "agent", name: "Nora" }, "Are you there?");
  await expect(page.getByRole("button", { name: "Open chat, 1 unread" })).toBeVisible();
  await expect(page).toHaveTitle("(1) A shop");
  await page.getByRole("button", { name: "Open chat, 1 unread" }).click();
  await expect(page).toHaveTitle("A shop");
});

test("files are checked, uploaded and shown", async ({ page }) => {
  const frame = await openChat(page, stage);
  const picker = frame.locator("input[type=file]");
  await picker.setInputFiles({
    name: "run.exe",
    mimeType: "application/x-msdownload",
    buffer: Buffer.from("MZ"),
  });
  await expect(frame.getByRole("alert")).toContainText("run.exe");
  const pixel =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  await picker.setInputFiles({
    name: "tent.png",
    mimeType: "image/png",
    buffer: Buffer.from(pixel, "base64"),
  });
  await expect(frame.getByRole("button", { name: "Remove tent.png" })).toBeVisible();
  await frame.getByRole("button", { name: "Send" }).click();
  await expect(frame.getByRole("img", { name: "tent.png" })).toBeVisible();
});

test("on a small screen the window is modal and fills it", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const frame = await openChat(page, stage);
  await expect(frame.getByRole("dialog")).toHaveAttribute("aria-modal", "true");
  const box = await page.locator("iframe").boundingBox();
  expect(box).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  await expect(page.locator("main")).toHaveJSProperty("inert", true);
  expect(await axeFindings(page)).toEqual([]);
  await frame.getByRole("button", { name: "Close chat" }).click();
  await expect(page.locator("main")).toHaveJSProperty("inert", false);
});

test("a page may open, listen to and remove the chat", async ({ page }) => {
  await page.goto(stage.hostUrl);
  await page.getByRole("button", { name: "Open chat" }).waitFor();
  await page.evaluate(() => (window as unknown as Record<string, { open(): void }>).Baton?.open());
  await expect(page.frameLocator("iframe").getByRole("dialog")).toBeVisible();
  await page.evaluate(() => (window as unknown as Record<string, { shutdown(): void }>).Baton?.shutdown());
  await expect(page.locator("iframe")).toHaveCount(0);
});
