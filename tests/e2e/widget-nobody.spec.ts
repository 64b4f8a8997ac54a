import { expect, test } from "@playwright/test";
import { axeInBoth } from "#support/axe";
import { startWidgetStage, type WidgetStage } from "#support/widget-stage";

let stage: WidgetStage;

test.beforeEach(async () => {
  stage = await startWidgetStage({
    answer: async (_, chat) => {
      chat.escalate(1);
      chat.message({ kind: "system" }, "Nobody is here right now.", {
        notice: {
          kind: "no_operators",
          backAt: new Date(Date.now() + 2 * 86_400_000).toISOString(),
          asks: "email",
        },
      });
    },
  });
});
test.afterEach(() => stage.stop());

test("says when somebody is back and takes an address", async ({ page }) => {
  await page.goto(stage.hostUrl);
  await page.getByRole("button", { name: "Open chat" }).click();
  const frame = page.frameLocator("iframe");
  const message = frame.getByLabel("Message", { exact: true });
  await message.fill("A person, please");
  await message.press("Enter");

  const card = frame.getByRole("region", { name: "Waiting for a person" });
  await expect(card).toContainText(/Nobody is here right now\. We are back/);
  await card.getByRole("button", { name: "Send" }).click();
  await expect(card.getByRole("alert")).toHaveText(/such as you@example.com/);
  expect(await axeInBoth(page, { as: "widget-nobody" })).toEqual([]);

  await card.getByLabel("Get the answer by e-mail").fill("priya@example.com");
  await card.getByRole("button", { name: "Send" }).click();
  await expect(card.getByRole("status")).toContainText("the answer comes to priya@example.com");
  expect(stage.chat.requests.at(-1)).toMatchObject({ body: { email: "priya@example.com" } });
  expect(await axeInBoth(page)).toEqual([]);
});
