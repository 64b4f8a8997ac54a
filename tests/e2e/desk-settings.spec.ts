import { expect, type Page, test } from "@playwright/test";
import { axeInBoth } from "#support/axe";
import { boardAt } from "#support/desk-settings-data";
import { type FakeDeskSettings, openFakeDeskSettings } from "#support/fake-desk-settings";

let desk: FakeDeskSettings;

test.beforeEach(async () => {
  desk = await openFakeDeskSettings();
});
test.afterEach(() => desk.close());

async function choose(page: Page, field: string, option: string | RegExp) {
  await page.getByRole("combobox", { name: field }).click();
  await page.getByRole("option", { name: option }).click();
}

test("makes a team, and says what becomes of its conversations before it is removed", async ({ page }) => {
  await page.goto(desk.url("/settings/teams"));
  await page.getByRole("button", { name: "New team" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Shipping");
  await dialog.getByRole("checkbox", { name: "Ben Okafor" }).check();
  await dialog.getByRole("button", { name: "Make team" }).click();
  await expect(dialog).toHaveCount(0);
  expect(desk.calls.at(-1)).toMatchObject({
    method: "POST",
    path: "/api/admin/teams",
    body: { name: "Shipping", scheduleId: null, members: [expect.stringMatching(/811$/)] },
  });

  await page.getByRole("button", { name: "Remove Billing" }).click();
  await expect(dialog).toContainText("Its 7 open conversations stay");
  await dialog.getByRole("button", { name: "Remove team" }).click();
  await expect(dialog).toHaveCount(0);
  expect(desk.calls.at(-1)).toMatchObject({ method: "DELETE" });
});

test("gives an operator a skill with its level, a language and a capacity", async ({ page }) => {
  await page.goto(desk.url("/settings/teams"));
  await page.getByRole("button", { name: "Change what Ben Okafor can take" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("spinbutton", { name: "At once" }).fill("2");
  await expect(dialog).toContainText("Holds 3 now, which is more");
  await dialog.getByRole("combobox", { name: "Find a language" }).fill("germ");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Add skill" }).click();
  await expect(dialog.getByRole("textbox", { name: "Skill 1" })).toBeFocused();
  await page.keyboard.type("refunds");
  await choose(page, "Level of refunds", /expert/);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  expect(desk.calls.at(-1)?.body).toEqual({
    capacity: 2,
    languages: ["de"],
    skills: [{ name: "refunds", level: 5 }],
  });
});

test("edits a week: several intervals, midnight, copies, a holiday, another zone", async ({ page }) => {
  await page.goto(desk.url("/settings/hours"));
  await expect(page.getByText("Monday to Thursday 09:00–12:30, 13:30–18:00")).toBeVisible();
  await page.getByRole("link", { name: "Berlin office" }).click();
  await page.getByRole("switch", { name: "Saturday, open" }).click();
  await page.getByLabel("Saturday, closes", { exact: true }).fill("00:00");
  await page.getByRole("button", { name: "Add hours on Friday" }).click();
  await page.getByRole("button", { name: "Copy the hours of Saturday" }).click();
  await page.getByRole("menuitem", { name: "To Sunday" }).click();
  await page.getByRole("button", { name: "Add holiday" }).click();
  await page.getByLabel("Date of holiday 2").fill("2026-12-25");
  await page.getByLabel("Name of holiday 2").fill("Christmas Day");
  await page.getByRole("button", { name: /Europe\/Berlin/ }).click();
  await page.getByRole("combobox", { name: "Find a time zone" }).fill("tok");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Berlin office saved")).toBeVisible();
  expect(desk.calls.at(-1)?.body).toMatchObject({
    version: 3,
    schedule: {
      timeZone: "Asia/Tokyo",
      week: {
        friday: [
          { from: "09:00", to: "17:00" },
          { from: "18:00", to: "22:00" },
        ],
        saturday: [{ from: "09:00", to: "24:00" }],
        sunday: [{ from: "09:00", to: "24:00" }],
      },
      holidays: [{ date: "2027-01-01" }, { date: "2026-12-25", name: "Christmas Day" }],
    },
  });
});

test("shows beside the day what the server says is wrong with it", async ({ page }) => {
  await page.goto(desk.url("/settings/hours/0193a000-0000-7000-8000-000000000800"));
  desk.refuse("Not valid.", { "schedule.week.monday": "Two of these intervals overlap." });
  await page.getByLabel("Monday, closes, 1").fill("14:00");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Monday" })).toContainText(
    "Two of these intervals overlap.",
  );
});

test("promises a response, and previews when a message on a Friday is due", async ({ page }) => {
  await page.goto(desk.url("/settings/sla"));
  await page.getByRole("button", { name: "New service level" }).click();
  const dialog = page.getByRole("dialog");
  const example = dialog.getByRole("region", { name: "An example" });
  await dialog.getByRole("spinbutton", { name: "First response, how many hours" }).fill("2");
  await expect(example).toContainText("is answered first by Mon 10:30");
  await choose(page, "Clocks run", "Day and night");
  await expect(example).toContainText("is answered first by Fri 18:30");
  await dialog.getByText("Only for some conversations").click();
  await dialog.getByRole("checkbox", { name: "Billing" }).check();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Billing first");
  await dialog.getByRole("button", { name: "Promise this" }).click();
  await expect(dialog).toHaveCount(0);
  expect(desk.calls.at(-1)?.body).toEqual({
    name: "Billing first",
    enabled: true,
    position: 2,
    match: { teams: [expect.stringMatching(/820$/)] },
    targets: { firstResponse: 120 },
    hours: { kind: "always" },
  });
});

test("changes the order of service levels, and takes back what is refused", async ({ page }) => {
  await page.goto(desk.url("/settings/sla"));
  const names = page.locator("ol > li bdi");
  await page.getByRole("button", { name: "Look at Standard earlier" }).click();
  await expect(names).toHaveText(["Premium", "Standard"]);
  expect(desk.calls.map(({ body }) => body)).toMatchObject([{ position: 0 }, { position: 1 }]);

  desk.refuse("Somebody else changed this.");
  await page.getByRole("switch", { name: "Premium, on" }).click();
  await expect(page.getByText("Somebody else changed this.")).toBeVisible();
  await expect(page.getByRole("switch", { name: "Premium, on" })).toBeChecked();
});

test("chooses how conversations come to people, and orders the chain", async ({ page }) => {
  await page.goto(desk.url("/settings/routing"));
  await page.getByRole("radio", { name: /Given to who fits best/ }).check();
  await page.getByRole("button", { name: "Move step 2 up" }).click();
  await page.getByRole("button", { name: "Add step" }).click();
  await choose(page, "Whom step 4 tells", /e-mail/);
  await page.getByRole("spinbutton", { name: "Step 4, how many minutes" }).fill("10");
  await expect(page.getByText("17 min 45 s after a person was asked for")).toBeVisible();
  await page.getByRole("switch", { name: "Take back from who vanished" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Routing saved")).toBeVisible();
  expect(desk.calls.at(-1)?.body).toMatchObject({
    mode: "automatic",
    vanishAfterSeconds: null,
    version: 4,
    chain: [
      { to: { kind: "team" }, seconds: 120 },
      { to: { kind: "operator" }, seconds: 45 },
      { to: { kind: "push" }, seconds: 300 },
      { to: { kind: "email" }, seconds: 600 },
    ],
  });
});

test("shows who waits, what is late and who is there, and moves by itself", async ({ page }) => {
  await page.goto(desk.url("/queue"));
  const first = page.getByRole("listitem").filter({ hasText: "Priya Raman" });
  await expect(first).toContainText("14m");
  await expect(first).toContainText("First response was due");
  await expect(first.getByRole("link")).toHaveAttribute("href", /\/inbox\/.+6$/);
  await expect(page.getByText(/Offered to Ana Duarte, \d+ s left/)).toBeVisible();
  await expect(page.getByText("Half of the 42 waits that were told")).toBeVisible();
  await expect(page.getByText("No room")).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();

  const { entries } = boardAt(Date.now());
  desk.move({ waiting: 1, entries: entries.slice(1) });
  await expect(first).toHaveCount(0);
});

for (const [width, empty] of [
  [1440, false],
  [390, false],
  [390, true],
] as const) {
  test(`holds to WCAG at ${width} px, light and dark${empty ? ", empty" : ""}`, async ({ page }) => {
    test.setTimeout(90_000);
    const shown = await openFakeDeskSettings({ empty });
    await page.setViewportSize({ width, height: 900 });
    for (const path of [
      "/settings/teams",
      "/settings/hours",
      "/settings/hours/new",
      "/settings/sla",
      "/settings/routing",
      "/queue",
    ]) {
      await page.goto(shown.url(path));
      await page.locator("#main :is(h1, h2, form, li, p)").first().waitFor();
      const as = `desk-${path.split("/").slice(1).join("-")}-${width}${empty ? "-empty" : ""}`;
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect.soft(wide, `${path} is wider than its window`).toBe(false);
      expect.soft(await axeInBoth(page, { as }), path).toEqual([]);
    }
    await shown.close();
  });
}
