import { type Browser, type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { axeFindings } from "#support/axe";
import { type RunningBaton, startBaton } from "#support/baton";
import { type FakeTelegram, startFakeTelegram } from "#support/fake-telegram";

const token = "123456789:AAtheTokenOfATestBot";

let telegram: FakeTelegram;
let baton: RunningBaton;
let signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  telegram = await startFakeTelegram(token);
  baton = await startBaton({ TELEGRAM_API_ROOT: telegram.outside.bases.telegramApi });
  const [, link = ""] = /Sign in once with\s+(\S+)/.exec(baton.output()) ?? [];
  const page = await browser.newPage();
  await page.goto(link);
  await expect(page).toHaveURL(/\/inbox/);
  signedIn = await page.context().storageState();
  await page.close();
});

test.afterAll(async () => {
  await baton?.stop();
  await telegram?.close();
});

test("a bot is connected, tested, watched, mended, paused and deleted", async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await asOwner(browser);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));

  await open(page, "/settings/channels");
  await expect(page.getByText("No channel is connected yet")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("link", { name: "Connect a channel" }).click();
  await expect(page.getByRole("link", { name: "WhatsApp" })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("link", { name: "Telegram" }).click();

  // Credentials, beside the help that says where they stand.
  await expect(page.getByRole("list", { name: "Where to find this" })).toContainText("@BotFather");
  await page.getByLabel("Name", { exact: true }).fill("Support bot");
  await page.getByLabel("Bot token", { exact: true }).fill(token);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Save and go on" }).click();

  // The webhook, and the secret that Baton chose: shown this once.
  await expect(page.getByText("It is not shown again.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy Webhook secret" })).toBeVisible();
  const [webhookUrl = "", secret = ""] = await page.locator("code").allInnerTexts();
  expect(webhookUrl).toMatch(/\/api\/webhooks\/.+\/telegram\/.+/);
  await page.getByRole("button", { name: "Set up webhook" }).click();
  // As the real one, it delivers to no http address: the page says so, before and after.
  await expect(page.getByText("This is no public https address.")).toBeVisible();
  await expect(page.getByText(/Telegram refused this/)).toBeVisible();
  await page.getByRole("button", { name: "Check credentials" }).click();
  await expect(page.getByText("The token belongs to @AcmeBot.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole("button", { name: "Go on to the test" }).click();
  await page.getByLabel("A customer writes").fill("How long can I return a tent?");
  await page.getByRole("button", { name: "Send test" }).click();
  await expect(page.getByText("The test went through")).toBeVisible();
  await expect(page.getByText(/^Round trip/)).toBeVisible();
  await expect(page.getByRole("figure")).toHaveCount(2);
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole("link", { name: "Done" }).click();
  await expect(page.getByRole("heading", { name: "Support bot" })).toBeVisible();
  await expect(page.getByText("Nothing received yet").first()).toBeVisible();
  await expect(page.getByText(secret)).toHaveCount(0);

  // A wrong secret is seen at once, and so is what cannot be read.
  expect((await deliver(webhookUrl, "not-the-secret", "{}")).status).toBeGreaterThanOrEqual(400);
  await seen(page, page.getByText(/Bad signature, 1 in the last 7 days: Telegram sends another/).first());
  await expect(page.getByText("Needs attention")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  const unreadable = { update_id: 7, message: { message_id: 1, text: "my secret words" } };
  expect((await deliver(webhookUrl, secret, JSON.stringify(unreadable))).status).toBe(200);
  await seen(page, page.getByRole("link", { name: "Quarantine 1" }));

  await page.getByRole("link", { name: "Quarantine 1" }).click();
  await page.getByText("What came").click();
  await expect(page.getByRole("region", { name: /Body of the delivery/ })).toContainText("message_id");
  await expect(page.getByText("my secret words")).toHaveCount(0);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText(/It is read again/)).toBeVisible();

  // Settings keep a secret that is left empty.
  await page.getByRole("link", { name: "Settings", exact: true }).last().click();
  await expect(page.getByLabel("Bot token", { exact: true })).toHaveAttribute(
    "placeholder",
    /ends in …tBot\. Leave empty to keep it/,
  );
  await page.getByLabel("Name", { exact: true }).fill("Night bot");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Night bot" })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("This connection is paused.")).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("This connection is paused.")).toHaveCount(0);

  await page.getByRole("link", { name: /^Undelivered/ }).click();
  await expect(page.getByText("Everything arrived")).toBeVisible();

  await page.getByRole("link", { name: "Settings", exact: true }).last().click();
  await page.getByRole("button", { name: "Delete…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Type/).fill("Night");
  await expect(dialog.getByRole("button", { name: "Delete" })).toBeDisabled();
  await dialog.getByLabel(/^Type/).fill("Night bot");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No channel is connected yet")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("what is wrong with a setting stands beside it", async ({ browser }) => {
  const page = await asOwner(browser);
  await open(page, "/settings/channels/new?channel=telegram");

  await page.getByLabel("Bot token", { exact: true }).fill("nonsense");
  await page.getByRole("button", { name: "Save and go on" }).click();

  await expect(page.getByLabel("Bot token", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("A bot token is a number, a colon and a key.")).toBeVisible();
});

test("an answer that did not arrive is listed, and can be sent again", async ({ browser }) => {
  const page = await asOwner(browser);
  const { webhookUrl, secret } = await connect(page, "Unlucky bot");
  // Telegram knows no chat with a negative id that would be a person's.
  const person = { id: -5, type: "private", first_name: "Maria" };
  const message = { message_id: 1, date: Math.floor(Date.now() / 1_000), chat: person, text: "Hello" };
  const update = { update_id: 8, message: { ...message, from: { ...person, is_bot: false } } };

  expect((await deliver(webhookUrl, secret, JSON.stringify(update))).status).toBe(200);

  await page.reload();
  // A person is called to the lost answer, and the word of that does not arrive either.
  await seen(page, page.getByRole("link", { name: "Undelivered 2" }));
  await page.getByRole("link", { name: "Undelivered 2" }).click();
  await expect(page.getByRole("link", { name: "Maria" })).toHaveCount(2);
  await expect(page.getByText("Not delivered", { exact: true })).toHaveCount(2);
  expect(await axeFindings(page)).toEqual([]);
  const tries = () => telegram.calls.filter(({ method }) => method === "sendMessage").length;
  const before = tries();
  await page.getByRole("button", { name: "Send again", exact: true }).first().click();
  await expect.poll(tries, { timeout: 20_000 }).toBeGreaterThan(before);
  await expect(page.getByText("Not delivered", { exact: true })).toHaveCount(2, { timeout: 20_000 });
});

test("the open part of a connection is in sight on a phone", async ({ browser }) => {
  const page = await asOwner(browser);
  await connect(page, "Pocket bot");
  await page.setViewportSize({ width: 390, height: 844 });

  await page.goto(`${page.url()}?tab=undelivered`);

  await expect(page.getByRole("link", { name: "Undelivered", exact: true })).toBeInViewport({ ratio: 0.9 });
});

test("a reload in the wizard does not make a second connection", async ({ browser }) => {
  const page = await asOwner(browser);
  await connect(page, "Reloaded bot");

  await page.reload();

  await expect(page.getByRole("heading", { name: "Reloaded bot" })).toBeVisible();
  await page.getByRole("link", { name: "Channels" }).first().click();
  await expect(page.getByRole("link", { name: "Reloaded bot" })).toHaveCount(1);
});

async function asOwner(browser: Browser): Promise<Page> {
  const context = { storageState: signedIn, viewport: { width: 1280, height: 900 } };
  return (await browser.newContext(context)).newPage();
}

/** Connects a bot; its page is open at the step that shows what Baton chose. */
async function connect(page: Page, name: string): Promise<{ webhookUrl: string; secret: string }> {
  await open(page, "/settings/channels/new?channel=telegram");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Bot token", { exact: true }).fill(token);
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.getByText("It is not shown again.")).toBeVisible();
  const [webhookUrl = "", secret = ""] = await page.locator("code").allInnerTexts();
  return { webhookUrl, secret };
}

/** Opens a page, and waits until its buttons do something. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${baton.url}${path}`);
  await alive(page);
}

async function alive(page: Page): Promise<void> {
  const main = page.getByRole("region", { name: "Settings page" });
  const control = main.getByRole("button").or(main.getByRole("link")).last();
  const isReact = (node: Element) => Object.keys(node).some((key) => key.startsWith("__react"));
  await expect.poll(() => control.evaluate(isReact)).toBe(true);
}

function deliver(url: string, secret: string, body: string) {
  const headers = {
    "content-type": "application/json",
    "x-telegram-bot-api-secret-token": secret,
  };
  return fetch(url, { method: "POST", headers, body });
}

/** Loads the page again until it shows what happened meanwhile. */
async function seen(page: Page, what: Locator): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(what).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await alive(page);
}
