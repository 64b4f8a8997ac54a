import { expect, type Page, test } from "@playwright/test";
import { axeFindings, axeInBoth } from "#support/axe";
import { type FakeAnalytics, openFakeAnalytics } from "#support/fake-analytics";

let reports: FakeAnalytics;
test.beforeAll(async () => {
  reports = await openFakeAnalytics();
});
test.afterAll(() => reports.close());
test.beforeEach(() => {
  reports.calls.length = 0;
  reports.faults.down = false;
});

async function open(page: Page, path = "/analytics") {
  await page.goto(reports.url + path);
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
}

const asked = (route: string) =>
  reports.calls.filter((call) => call.startsWith(`/api/agent/analytics/${route}`)).at(-1);

test("says what a number means, and opens the conversations behind it", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "What “Handover wait” means" }).click();
  await expect(page.getByText("From entering the queue to a person's accepting")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /: show the .* accepted waits/ }).click();
  const drawer = page.getByRole("dialog", { name: "Handover wait" });
  const rows = drawer.getByRole("region", { name: "Conversations" }).getByRole("link");
  await expect(rows).toHaveCount(12);
  await drawer.getByRole("button", { name: "Show more" }).click();
  await expect(rows).toHaveCount(24);
  expect(await rows.first().getAttribute("href")).toMatch(/^\/inbox\/[0-9a-f-]+\?view=all$/);
});

test("keeps report, range, grouping, comparison and filters in the address", async ({ page }) => {
  await open(
    page,
    "/analytics?report=responses&from=2026-03-01&to=2026-03-31&by=week&compare=previous&channel=whatsapp",
  );
  await expect(page.getByRole("tab", { name: "Response times" })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByText("1 Mar – 31 Mar 2026, beside 29 Jan – 28 Feb 2026")).toBeVisible();
  expect(asked("report")).toContain(
    "from=2026-03-01&to=2026-03-31&channel=whatsapp&by=week&compare=previous",
  );
  await page.getByRole("tab", { name: "Satisfaction" }).click();
  await expect(page).toHaveURL(/report=satisfaction/);
  await page.goBack();
  await expect(page.getByRole("tab", { name: "Response times" })).toHaveAttribute("aria-selected", "true");
});

test("narrows everything at once, the table for spreadsheets too", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Channel" }).click();
  await page.getByRole("option", { name: "WhatsApp" }).click();
  await expect(page).toHaveURL(/channel=whatsapp/);
  await expect.poll(() => asked("heatmap")).toContain("channel=whatsapp");
  await expect(page.getByRole("link", { name: "CSV" })).toHaveAttribute("href", /export\?.*channel=whatsapp/);
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page).not.toHaveURL(/channel/);
});

test("takes a range of its own, and refuses one that ends before it begins", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Last 30 days" }).click();
  await page.getByLabel("From").fill("2026-03-05");
  await page.getByLabel("To", { exact: true }).fill("2026-03-01");
  await expect(page.getByRole("alert")).toContainText("The end comes before the beginning.");
  await page.getByLabel("To", { exact: true }).fill("2026-03-09");
  await page.getByRole("button", { name: "Show this range" }).click();
  await expect(page).toHaveURL(/from=2026-03-05&to=2026-03-09/);
  await page.getByRole("button", { name: "Last 7 days" }).click();
  await expect(page.getByRole("button", { name: "Show this range" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Last 7 days" })).toBeVisible();
});

test("has every chart as a table, whose figures open their day", async ({ page }) => {
  await open(page, "/analytics?from=2026-03-02&to=2026-03-04");
  await page.getByRole("button", { name: "Show a table" }).click();
  const table = page.getByRole("region", { name: "Conversations, as a table" });
  await expect(table.getByRole("row")).toHaveCount(4);
  await table.getByRole("row", { name: /Tue/ }).getByRole("button").click();
  await expect(page.getByRole("dialog")).toContainText("3 Mar 2026");
  expect(asked("rows")).toContain("from=2026-03-03&to=2026-03-03");
});

test("lets the hours of the week be walked and opened by keyboard", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Monday 09:00/ }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: /^Tuesday 10:00/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("Tuesday, 10:00 to 11:00");
  expect(asked("rows")).toContain("weekday=1&hour=10");
});

test("splits a number, and opens one part", async ({ page }) => {
  await open(page, "/analytics?report=handover");
  await page.getByRole("button", { name: /Refunds over 200/ }).click();
  await expect(page.getByRole("dialog")).toContainText("Refunds over 200 €");
  expect(asked("rows")).toContain("number=escalations&by=rule&part=r2");
});

test("says so where the server is away, and tries again", async ({ page }) => {
  reports.faults.down = true;
  await page.goto(`${reports.url}/analytics`);
  await expect(page.getByText("The numbers could not be read")).toBeVisible({ timeout: 15_000 });
  reports.faults.down = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Conversations" }).first()).toBeVisible();
});

test("says so where nothing is in the range", async ({ page }) => {
  const nothing = await openFakeAnalytics({ empty: true });
  await page.goto(`${nothing.url}/analytics`);
  await expect(page.getByText("Nothing in this range yet")).toBeVisible();
  await nothing.close();
});

test("can be used by everyone, light and dark", async ({ page }) => {
  await open(page, "/analytics?report=handover&compare=previous");
  await expect(page.getByRole("button", { name: /^Friday 12:00/ })).toBeVisible();
  expect(await axeInBoth(page)).toEqual([]);
  await page.getByRole("button", { name: /: show the .* accepted waits/ }).click();
  await expect(page.getByRole("dialog").getByRole("link").first()).toBeVisible();
  expect(await axeInBoth(page)).toEqual([]);
});

test("fits a phone without scrolling sideways", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
});

test("draws what is promised beside how long it took, and says whose promise it is", async ({ page }) => {
  await open(page, "/analytics?report=service&from=2026-03-02&to=2026-03-15");
  await page.getByRole("button", { name: "First response by a person", exact: true }).click();
  const chart = page.getByRole("region", { name: "First response by a person" });
  await expect(chart.getByText("Promised: 5m (Gold), 15m (Everyone), in office hours")).toBeVisible();
  // Two promises, and the median over all.
  await expect(chart.locator(".recharts-reference-line-line")).toHaveCount(3);
  expect(await axeFindings(page)).toEqual([]);
});

test("draws the whole as what is promised of the promises kept", async ({ page }) => {
  await open(page, "/analytics?report=service");
  const chart = page.getByRole("region", { name: "Promises kept" });
  await expect(chart.getByText("Promised: 100% (Gold, Everyone)")).toBeVisible();
  await expect(chart.locator(".recharts-reference-line-line")).toHaveCount(1);
});

test("opens with the rows that an address names, and leaves them for others", async ({ page }) => {
  await open(page, "/analytics?report=service&rows=sla_kept&split=policy&part=p2");
  const drawer = page.getByRole("dialog", { name: "Promises kept" });
  await expect(drawer).toContainText("Everyone, ");
  await expect(drawer.getByRole("link", { name: /Ines Vogel/ }).first()).toBeVisible();
  expect(asked("rows")).toContain("number=sla_kept&by=policy&part=p2");
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await page.getByRole("button", { name: /^Used as it was/ }).click();
  await expect(page.getByRole("dialog", { name: "Replies with suggestions" })).toContainText(
    "Used as it was",
  );
});

test("leads from how things stand to those who are counted", async ({ page }) => {
  await open(page);
  const now = page.getByRole("region", { name: "Right now" });
  await expect(now.getByRole("link", { name: "With the assistant: 14" })).toHaveAttribute(
    "href",
    "/inbox?view=ai",
  );
  await expect(now.getByRole("link", { name: "Waiting for a person: 3" })).toHaveAttribute("href", "/queue");
});

test("offers the rows behind a number as a table, as they are picked and sorted", async ({ page }) => {
  await open(page, "/analytics?channel=web");
  await page.getByRole("button", { name: /: show the .* accepted waits/ }).click();
  const drawer = page.getByRole("dialog", { name: "Handover wait" });
  await drawer.getByRole("combobox", { name: "Order" }).click();
  await page.getByRole("option", { name: "Longest first" }).click();
  await expect(drawer.getByRole("link", { name: "CSV" })).toHaveAttribute(
    "href",
    /rows\/export\?.*channel=web.*number=handover_wait.*sort=largest/,
  );
});
