import { expect, test } from "@playwright/test";
import { openFakeInbox } from "#support/fake-inbox";

test("a window tells that it is in sight, and shows how its operator stands", async ({ page }) => {
  const inbox = await openFakeInbox({ count: 5 });
  let status = "away";
  const told: unknown[] = [];
  await page.route("**/api/agent/presence/looking", async (route) => {
    told.push(route.request().postDataJSON());
    await route.fulfill({ json: { status } });
  });
  await page.goto(`${inbox.url}/inbox`);
  await expect(page.getByRole("button", { name: "Maya Lindqvist, away. Your menu" })).toBeVisible();
  expect(told).toEqual([{ visible: true }]);

  status = "online";
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(page.getByRole("button", { name: "Maya Lindqvist, online. Your menu" })).toBeVisible();
  expect(told).toHaveLength(2);
  await inbox.close();
});
