import { expect, test } from "@playwright/test";
import { axeFindings } from "#support/axe";
import { type FakeInbox, openFakeInbox } from "#support/fake-inbox";
import { onPlatform } from "#support/inbox-channels";
import { idOf } from "#support/inbox-ids";
import { details, openInbox } from "#support/inbox-parts";

test.use({ viewport: { width: 1440, height: 900 } });

let inbox: FakeInbox;
test.beforeEach(async () => {
  inbox = await openFakeInbox({ count: 60 });
});
test.afterEach(() => inbox.close());

test("sorts what needs a person by its promises, with a key, and remembers it", async ({ page }) => {
  await openInbox(page, `${inbox.url}/inbox`);
  await expect(page.getByRole("heading", { name: /Waiting for a person/ })).toBeVisible();
  await page.keyboard.press("o");
  await expect(page.getByRole("heading", { name: "Oldest SLA first" })).toBeVisible();
  const shown = await page
    .locator("[data-conversation]")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-conversation") ?? ""));
  const ends = shown.map((id) => inbox.known.get(id)?.row.attributes.due?.at ?? "none");
  expect(ends).toEqual(ends.toSorted());
  expect(new Set(ends).size).toBeGreaterThan(3);
  expect(await axeFindings(page)).toEqual([]);

  await page.reload();
  await expect(page.getByRole("heading", { name: "Oldest SLA first" })).toBeVisible();
  await page.getByRole("button", { name: "Sort and filter" }).click();
  await page.getByRole("combobox", { name: "Sort by" }).click();
  await page.getByRole("option", { name: "Who waits longest" }).click();
  await expect(page.getByRole("heading", { name: /Waiting for a person/ })).toBeVisible();
});

test("leaves a list that has one order as it is", async ({ page }) => {
  await openInbox(page, `${inbox.url}/inbox?view=all`);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(page.getByRole("combobox", { name: "Channel" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Sort by" })).toHaveCount(0);
});

test("asks for a skill and its level beside the conversation", async ({ page }) => {
  const id = idOf(1);
  const skills = () =>
    inbox.calls.findLast(({ method, path }) => method === "PATCH" && path.endsWith("/attributes"))?.body;
  await openInbox(page, `${inbox.url}/inbox/${id}`);
  await details(page).getByRole("button", { name: "Change needed skills" }).click();
  const dialog = page.getByRole("dialog", { name: "Needed skills" });
  await dialog.getByRole("combobox", { name: "Skill" }).fill("ref");
  await page.keyboard.press("Enter");
  await expect.poll(skills).toEqual({ skills: ["refunds"] });
  await dialog.getByRole("combobox", { name: "Level of refunds" }).click();
  await page.getByRole("option", { name: "3 or more" }).click();
  await expect.poll(skills).toEqual({ skills: ["refunds:3"] });
  await dialog.getByRole("combobox", { name: "Skill" }).fill("legal");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("Nobody has this yet")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Need no legal" }).click();
  await expect.poll(skills).toEqual({ skills: ["refunds:3"] });
  await page.keyboard.press("Escape");
  await expect(details(page).getByText("refunds", { exact: true })).toBeVisible();
  await expect(details(page).getByText("level 3+")).toBeVisible();
});

test("says when it is where the customer is, what they use, and that nobody has verified them", async ({
  page,
}) => {
  await page.clock.install({ time: new Date("2026-11-26T12:00:00Z") });
  await openInbox(page, `${inbox.url}/inbox/${idOf(1)}`);
  await expect(details(page).getByText("Not verified")).toBeVisible();
  await expect(details(page).getByText("Firefox on Windows, in British English")).toBeVisible();
  await expect(details(page).getByText(/Thu 0?5:45/)).toBeVisible();
});

test("tells what was said on the phone before", async ({ page }) => {
  const id = idOf(onPlatform.paused);
  inbox.phone.install(id);
  const found = inbox.known.get(id);
  if (found) found.phoneSummary = "The tent is repaired.\nIt goes out on Friday.";
  await openInbox(page, `${inbox.url}/inbox/${id}?view=mine`);
  const said = details(page).getByRole("heading", { name: "What was said before" });
  await said.scrollIntoViewIfNeeded();
  await expect(
    details(page).getByRole("listitem").filter({ hasText: "It goes out on Friday." }),
  ).toBeVisible();
  await expect(details(page).getByText("Known by their phone number alone.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
});

test("offers to remove a shared view only to whoever may", async ({ page }) => {
  await openInbox(page, `${inbox.url}/inbox`);
  const remove = page.getByRole("button", { name: "Remove VIPs" });
  await expect(remove).toHaveCount(1);
  await page.route("**/api/agent/views", async (route) => {
    const answer = await route.fetch();
    const { views } = await answer.json();
    await route.fulfill({ json: { views: views.map((view: object) => ({ ...view, mayChange: false })) } });
  });
  await page.reload();
  await expect(page.getByRole("link", { name: /VIPs/ })).toBeVisible();
  await expect(remove).toHaveCount(0);
});
