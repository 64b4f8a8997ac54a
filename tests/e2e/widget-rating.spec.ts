import { expect, type FrameLocator, type Page, test } from "@playwright/test";
import type { RatingBody, RatingView } from "#contracts/rating";
import { axeInBoth } from "#support/axe";
import { startWidgetStage, type WidgetStage } from "#support/widget-stage";
import { openChat, say } from "#support/widget-window";

let stage: WidgetStage;

test.beforeEach(async () => {
  stage = await startWidgetStage({
    answer: async (_text, chat) => {
      chat.message({ kind: "agent", name: "Nora" }, "Thirty days.");
      chat.message({ kind: "system" }, "How was your conversation with Nora?", {
        notice: { kind: "rate", name: "Nora" },
      });
    },
  });
});
test.afterEach(() => stage.stop());

/** Plays the ratings of the server; what was given so far, and whether the next is refused. */
async function ratings(page: Page, known: Partial<RatingView> = {}) {
  const played = { given: [] as RatingBody[], refused: false };
  const asked = { of: "ai" as const, name: "Nora", askedAt: new Date().toISOString(), ...known };
  await page.route(/\/api\/chat\/[^/]+\/rating/, async (route) => {
    if (route.request().method() === "GET") return route.fulfill({ json: { rating: asked } });
    if (played.refused) {
      const error = {
        code: "conflict",
        message: "A rating can be changed for ten minutes; this one stands now.",
        requestId: "r",
      };
      return route.fulfill({ status: 409, json: { error } });
    }
    const body = route.request().postDataJSON() as RatingBody;
    played.given.push(body);
    const until = new Date(Date.now() + 600_000).toISOString();
    return route.fulfill({
      json: { ...asked, ...body, givenAt: new Date().toISOString(), changeableUntil: until },
    });
  });
  return played;
}

async function ended(page: Page): Promise<FrameLocator> {
  const frame = await openChat(page, stage);
  await say(frame, "How long can I return it?");
  await expect(frame.getByRole("group", { name: "How was your conversation with Nora?" })).toBeVisible();
  return frame;
}

test("one tap rates the conversation, and words may follow", async ({ page }) => {
  const played = await ratings(page);
  const frame = await ended(page);
  await frame.getByText("Good", { exact: true }).click();
  await expect(frame.getByText("Thank you for your rating.")).toBeVisible();
  expect(played.given).toEqual([{ score: 4 }]);
  await frame.getByLabel("Your comment (optional)").fill("Quick answer");
  await frame.getByRole("button", { name: "Send", exact: true }).first().click();
  await expect(frame.getByText("Thank you for telling us.")).toBeVisible();
  expect(played.given.at(-1)).toEqual({ score: 4, comment: "Quick answer" });
});

test("arrow keys pass over faces without rating with each", async ({ page }) => {
  const played = await ratings(page);
  const frame = await ended(page);
  await frame.getByRole("radio", { name: "Very bad" }).focus();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowRight");
  await expect(frame.getByText("Thank you for your rating.")).toBeVisible();
  expect(played.given).toEqual([{ score: 5 }]);
});

test("an earlier answer is shown, and can no longer be changed after its time", async ({ page }) => {
  const long = new Date(Date.now() - 3_600_000).toISOString();
  await ratings(page, { score: 2, givenAt: long, changeableUntil: long });
  const frame = await ended(page);
  await expect(frame.getByRole("radio", { name: "Bad", exact: true })).toBeChecked();
  await expect(frame.getByRole("radio", { name: "Good", exact: true })).toBeDisabled();
});

test("what went wrong is said, and nothing looks rated that is not", async ({ page }) => {
  const played = await ratings(page);
  played.refused = true;
  const frame = await ended(page);
  await frame.getByText("Good", { exact: true }).click();
  await expect(frame.getByRole("alert")).toContainText("this one stands now");
  await expect(frame.getByRole("radio", { name: "Good", exact: true })).not.toBeChecked();
});

test("can be used by everyone, light and dark", async ({ page }) => {
  await ratings(page);
  const frame = await ended(page);
  await frame.getByText("Very good", { exact: true }).click();
  await expect(frame.getByText("Thank you for your rating.")).toBeVisible();
  expect(await axeInBoth(page, { as: "rating" })).toEqual([]);
});
