import { expect, type Page, test } from "@playwright/test";
import { axeFindings } from "#support/axe";
import { type FakeInbox, openFakeInbox } from "#support/fake-inbox";
import { idOf } from "#support/inbox-ids";

test.use({ viewport: { width: 1440, height: 900 } });

const waiting = idOf(1);
const mine = idOf(6);

let inbox: FakeInbox;
test.beforeEach(async () => {
  inbox = await openFakeInbox({ count: 12 });
});
test.afterEach(() => inbox.close());

function offer(to: { id: string; name: string }) {
  const found = inbox.known.get(waiting);
  if (found) found.offer = { operator: to, until: new Date(Date.now() + 60_000).toISOString() };
}
const maya = { id: "op-maya", name: "Maya Lindqvist" };

async function open(page: Page, id: string) {
  await page.goto(`${inbox.url}/inbox/${id}`);
  await expect(page.getByTestId("transcript")).toBeVisible();
}

test("an offer is declined by keyboard alone, and colleagues read why", async ({ page }) => {
  offer(maya);
  await open(page, waiting);
  await expect(page.getByText(/Offered to you/)).toBeVisible();
  await page.keyboard.press("Shift+A");
  await expect(page.getByRole("dialog", { name: "Decline this conversation" })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.type("On the phone");
  await page.keyboard.press("Enter");
  await expect(
    page.getByTestId("transcript").getByText("Maya Lindqvist declined: On the phone"),
  ).toBeVisible();
  await expect(page.getByText(/Offered to you/)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Accept" })).toBeVisible();
});

test("a usual reason is one press", async ({ page }) => {
  offer(maya);
  await open(page, waiting);
  await page.getByRole("button", { name: "Decline" }).click();
  await page.getByRole("button", { name: "Not my area" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Decline" }).click();
  await expect(
    page.getByTestId("transcript").getByText("Maya Lindqvist declined: Not my area"),
  ).toBeVisible();
});

test("an offer that comes while the conversation is open is shown at once", async ({ page }) => {
  await open(page, waiting);
  await expect(page.getByRole("button", { name: "Decline" })).toHaveCount(0);
  offer(maya);
  const alert = {
    id: idOf(8_001),
    kind: "offered" as const,
    conversationId: waiting,
    customer: "Maria Santos",
    count: 1,
    at: new Date().toISOString(),
    read: false,
  };
  const unread = { queue: 1, mine: 0, mentions: 0, sla: 0 };
  inbox.tell({ type: "alert", conversationId: waiting, alert, unread });
  await expect(page.getByRole("button", { name: "Decline" })).toBeVisible();
});

test("an offer to a colleague is told, and is not for others to decline", async ({ page }) => {
  offer({ id: "op-anna", name: "Anna Okafor" });
  await open(page, waiting);
  await expect(page.getByText(/Offered to Anna Okafor/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Decline" })).toHaveCount(0);
  await page.keyboard.press("Shift+A");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

for (const width of [1280, 1440, 1920]) {
  test(`whoever holds a conversation can hand it back by a button at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, mine);
    await expect(page.getByRole("button", { name: "Hand back to AI" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Resolve" })).toBeInViewport();
  });
}
