import {
  type Browser,
  type BrowserContext,
  expect,
  type FrameLocator,
  type Page,
  test,
} from "@playwright/test";
import { axeFindings } from "#support/axe";
import { type RunningBaton, startBaton } from "#support/baton";

let baton: RunningBaton;
let signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  baton = await startBaton();
  const [, link = ""] = /Sign in once with\s+(\S+)/.exec(baton.output()) ?? [];
  const page = await browser.newPage();
  await page.goto(link);
  await expect(page).toHaveURL(/\/inbox/);
  signedIn = await page.context().storageState();
  await page.close();
});
test.afterAll(() => baton?.stop());

test("a rule is drafted, tried, run over the past, published, and fires", async ({ browser }) => {
  test.setTimeout(150_000);
  // Somebody wrote yesterday's words under yesterday's rules.
  const before = await aCustomer(browser);
  await say(before, "Do you sell zebra saddles?");
  await expect(before.getByRole("article", { name: /AI assistant, \d/ }).first()).toBeVisible();
  await expect(before.getByRole("region", { name: "Waiting for a person" })).toHaveCount(0);

  const page = await asOwner(browser);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  expect((await page.goto(`${baton.url}/settings/rules`))?.status()).toBe(200);
  await expect(page.getByText("Version 1 is in force.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole("button", { name: "Add a rule" }).click();
  await page.getByRole("menuitem", { name: "Keyword" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await page.getByLabel("Name", { exact: true }).fill("Zebras");
  await page.getByLabel("Words and phrases").first().fill("zebra");
  await page.getByLabel("Words and phrases").first().press("Enter");
  await page.getByRole("button", { name: "Remove refund" }).click();
  await page.getByRole("combobox", { name: "Then" }).click();
  await page.getByRole("option", { name: /Call a person at once/ }).click();
  await page.getByRole("button", { name: "Add a condition" }).click();
  await page.getByRole("menuitem", { name: "Channel", exact: true }).click();
  await expect(page.getByText(/When a message holds “zebra”, and it comes over the web chat/)).toBeVisible();
  await expect(page.getByText("Draft saved · 1 change")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole("tab", { name: "Test box" }).click();
  await page.getByLabel("The customer writes").fill("Where are my zebra saddles?");
  await expect(page.getByText("A person is called", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("row", { name: /Zebras.*Decides/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /Unhappy customer.*Does not fire/ })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole("combobox", { name: "Try" }).click();
  await page.getByRole("option", { name: "A real conversation" }).click();
  await page.getByRole("combobox", { name: "Conversation" }).fill("zebra");
  await expect(page.getByRole("option")).toHaveCount(1);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("combobox", { name: "Conversation" }).press("Enter");
  await expect(page.getByText(/Do you sell zebra saddles/).first()).toBeVisible();
  await expect(page.getByRole("row", { name: /Zebras.*Decides/ })).toBeVisible();
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await expect(page.getByRole("combobox", { name: "Conversation" })).toBeFocused();

  await page.getByRole("tab", { name: "Time machine" }).click();
  await page.getByRole("button", { name: "Run the draft" }).click();
  await expect(page.getByRole("heading", { name: "1 conversation would change" })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByRole("link", { name: /Only with the draft.*zebra saddles/ })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole("button", { name: "Publish…" }).click();
  await page.getByLabel(/^Why/).fill("We sell no zebras.");
  await page.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText("Version 2 is in force.")).toBeVisible();

  const after = await aCustomer(browser);
  await say(after, "Do you sell zebra saddles?");
  await expect(after.getByRole("region", { name: "Waiting for a person" })).toBeVisible();

  await page.getByRole("tab", { name: "History" }).click();
  await expect(page.getByText("We sell no zebras.")).toBeVisible();
  await page
    .getByRole("listitem")
    .filter({ hasText: "Version 1" })
    .getByRole("button", { name: "Compare" })
    .click();
  await page.getByRole("button", { name: "Take into the draft" }).click();
  await page.getByRole("tab", { name: "Rules", exact: true }).click();
  await expect(page.getByText("Draft saved · 1 change")).toBeVisible();
  await expect(page.getByText("Zebras", { exact: true })).toHaveCount(0);
  expect(complaints).toEqual([]);
});

async function asOwner(browser: Browser): Promise<Page> {
  return (await browser.newContext({ storageState: signedIn })).newPage();
}

async function aCustomer(browser: Browser): Promise<FrameLocator> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${baton.url}/demo`);
  await page.getByRole("button", { name: "Open chat" }).click();
  return page.frameLocator("iframe");
}

async function say(frame: FrameLocator, text: string): Promise<void> {
  const field = frame.getByLabel("Message", { exact: true });
  await field.fill(text);
  await field.press("Enter");
}
