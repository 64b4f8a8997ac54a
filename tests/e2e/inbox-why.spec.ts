import { expect, test } from "@playwright/test";
import type { DecisionView } from "#contracts/operator";
import { axeFindings } from "#support/axe";
import { type FakeInbox, openFakeInbox } from "#support/fake-inbox";
import { idOf } from "#support/inbox-ids";

let inbox: FakeInbox;
test.beforeEach(async () => {
  inbox = await openFakeInbox({ count: 12 });
});
test.afterEach(() => inbox.close());

const decisions = Array.from(
  { length: 7 },
  (_, n): DecisionView => ({
    id: idOf(900 + n),
    seq: n + 1,
    phase: "after_answer",
    outcome: "none",
    sentence: `Nothing called for a person on turn ${n + 1}.`,
    trace: [],
    signals: {},
    versions: { rules: 1 },
    createdAt: new Date(Date.UTC(2026, 10, 26, 9, n)).toISOString(),
  }),
);

test("shows why on the newest turns first, and what came before when it is asked for", async ({ page }) => {
  await page.route(/\/decisions(\?|$)/, (route) => {
    const before = new URL(route.request().url()).searchParams.get("before");
    const end = before === null ? decisions.length : decisions.findIndex(({ id }) => id === before);
    const start = Math.max(0, end - 4);
    return route.fulfill({ json: { decisions: decisions.slice(start, end), more: start > 0 } });
  });
  await page.goto(`${inbox.url}/inbox/${idOf(5)}`);
  const turns = page.getByText(/^Nothing called for a person on turn/);
  await expect(turns).toHaveText([7, 6, 5, 4].map((n) => `Nothing called for a person on turn ${n}.`));
  await page.getByRole("button", { name: "Earlier turns" }).press("Enter");
  await expect(turns).toHaveText(
    [7, 6, 5, 4, 3, 2, 1].map((n) => `Nothing called for a person on turn ${n}.`),
  );
  await expect(page.getByRole("button", { name: "Earlier turns" })).toHaveCount(0);
  expect(await axeFindings(page)).toEqual([]);
});
