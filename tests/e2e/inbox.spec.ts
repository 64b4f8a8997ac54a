import { expect, type Page, test } from "@playwright/test";
import { axeInBoth } from "#support/axe";
import { type FakeInbox, openFakeInbox } from "#support/fake-inbox";
import { idOf } from "#support/inbox-ids";
import { openInbox, row, transcript } from "#support/inbox-parts";

let inbox: FakeInbox;
test.beforeEach(async () => {
  inbox = await openFakeInbox({ count: 60 });
});
test.afterEach(() => inbox.close());

const waiting = idOf(1);
const answered = idOf(5);
const mine = idOf(6);
const open = (page: Page, path: string) => openInbox(page, inbox.url + path);

test("puts who waits for a person on top, with words and a wait that ticks", async ({ page }) => {
  await open(page, "/inbox?view=all");
  const badge = row(page, waiting).getByText("Waiting for a person");
  await expect(badge).toBeAttached();
  const before = await row(page, waiting).textContent();
  await expect.poll(() => row(page, waiting).textContent()).not.toBe(before);
  expect(await page.locator("[data-conversation]").first().getAttribute("data-conversation")).toBe(waiting);
});

test("goes through the main path by keyboard alone", async ({ page }) => {
  await open(page, "/inbox");
  await expect(row(page, waiting)).toBeVisible();
  await page.keyboard.press("j");
  await expect(page).toHaveURL(`${inbox.url}/inbox/${idOf(3)}`);
  await expect(page.getByRole("button", { name: "Accept" })).toBeVisible();
  await page.keyboard.press("a");
  await expect(page.getByRole("button", { name: "Resolve" })).toBeVisible();
  await page.keyboard.press("r");
  await page.keyboard.type("Let me look at that.");
  await page.keyboard.press("Enter");
  await expect(transcript(page).getByText("Let me look at that.")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await page.keyboard.type("Parcel is at no. 14");
  await page.keyboard.press("Enter");
  await expect(transcript(page).getByText("Internal note").last()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("b");
  await expect(page.getByRole("dialog").getByLabel("Note")).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("button", { name: "Take over", exact: true })).toBeVisible();
});

test("says who was faster when two accept at once", async ({ page }) => {
  inbox.faults.acceptedBy = "op-anna";
  await open(page, `/inbox/${waiting}`);
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(page.getByText("Anna Okafor was faster")).toBeVisible();
});

test("shows an answer while it is written, then the stored one in its place", async ({ page }) => {
  await open(page, `/inbox/${answered}?view=all`);
  await expect(transcript(page)).toBeVisible();
  const run = { conversationId: answered, runId: idOf(70), messageId: idOf(71) };
  inbox.tell({ type: "delta", ...run, offset: 0, text: "You can **ret" });
  await expect(page.getByTestId("streaming")).toContainText("You can ret");
  inbox.say(answered, {
    id: run.messageId,
    author: { kind: "agent", name: "Nori" },
    text: "You can **return** it.",
  });
  await expect(page.getByTestId("streaming")).toHaveCount(0);
  await expect(transcript(page).getByText("You can return it.")).toHaveCount(1);
});

test("leaves a reader in place, and tells what came in below", async ({ page }) => {
  for (let index = 0; index < 30; index++)
    inbox.say(mine, { author: { kind: "customer" }, text: `Line ${index}` });
  await open(page, `/inbox/${mine}`);
  await expect(transcript(page).getByText("Line 29")).toBeInViewport();
  await transcript(page).evaluate((box) => box.scrollTo(0, 0));
  await expect(page.getByRole("button", { name: "Newest" })).toBeVisible();
  inbox.say(mine, { author: { kind: "customer" }, text: "Are you there?" });
  await page.getByRole("button", { name: "1 new message" }).click();
  await expect(transcript(page).getByText("Are you there?")).toBeInViewport();
});

test("keeps a refused message with its reason, and a draft over a reload", async ({ page }) => {
  inbox.faults.refuseSends = true;
  await open(page, `/inbox/${mine}`);
  await page.keyboard.press("r");
  await page.keyboard.type("One moment");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").getByText("Anna Okafor has this conversation.")).toBeVisible();
  inbox.faults.refuseSends = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("alert").getByText("Anna Okafor has")).toHaveCount(0);
  await page.getByLabel(/^Reply to/).fill("Half a thought");
  await page.reload();
  await expect(page.getByLabel(/^Reply to/)).toHaveValue("Half a thought");
});

test("moves a conversation between the views while somebody looks", async ({ page }) => {
  await open(page, "/inbox");
  const anna = { id: "op-anna", name: "Anna Okafor" };
  await expect(page.getByText("Waiting for a person", { exact: true }).first()).toBeVisible();
  inbox.turn(waiting, { state: "WITH_HUMAN", owner: "operator", operator: anna });
  await expect(row(page, waiting).getByText("Waiting for a person")).toHaveCount(0);
  inbox.tell({
    type: "new_escalation",
    conversationId: idOf(2),
    customer: "Jonas Weber",
    reason: "Asked for a person",
  });
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await expect(page).toHaveURL(`${inbox.url}/inbox/${idOf(2)}`);
});

test("explains every turn with the rules behind it", async ({ page }) => {
  await open(page, `/inbox/${waiting}`);
  const rules = page.getByRole("region", { name: "Rules tried" });
  await expect(rules.getByRole("row", { name: /Asks for a person 0.6 0.97 Fired/ })).toBeVisible();
  await expect(rules.getByText("Missed by 0.16.")).toBeVisible();
});

test("shows one pane at a time on a phone, with a way back", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "/inbox");
  await row(page, waiting).click();
  await expect(transcript(page)).toBeVisible();
  await expect(page.getByTestId("list")).toBeHidden();
  await page.getByRole("button", { name: "Back to the list" }).click();
  await expect(row(page, waiting)).toBeVisible();
});

test("has nothing for axe to find, light and dark", async ({ page }) => {
  for (const path of [`/inbox/${waiting}`, `/inbox/${mine}?view=all`, "/inbox?view=resolved"]) {
    await open(page, path);
    expect(await axeInBoth(page)).toEqual([]);
  }
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(await axeInBoth(page)).toEqual([]);
});

test("stays at the end while an answer grows past the window", async ({ page }) => {
  await open(page, `/inbox/${answered}?view=all`);
  const run = { conversationId: answered, runId: idOf(70), messageId: idOf(71) };
  let text = "";
  for (let line = 0; line < 60; line++) {
    const piece = `Line ${line} of a long answer.\n\n`;
    inbox.tell({ type: "delta", ...run, offset: text.length, text: piece });
    text += piece;
    await page.waitForTimeout(15);
  }
  inbox.say(answered, { id: run.messageId, author: { kind: "agent", name: "Nori" }, text });
  await expect(page.getByTestId("streaming")).toHaveCount(0);
  await expect(transcript(page).getByText("Line 59 of a long answer.")).toBeInViewport();
  await expect(page.getByRole("button", { name: /new message|Newest/ })).toHaveCount(0);
});
