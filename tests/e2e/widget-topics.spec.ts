import { expect, type FrameLocator, test } from "@playwright/test";
import { axeInBoth } from "#support/axe";
import { startWidgetStage, type WidgetStage } from "#support/widget-stage";
import { openChat, say } from "#support/widget-window";

let stage: WidgetStage;

test.beforeEach(async () => {
  stage = await startWidgetStage({ card: { topics: ["Orders", "Returns"] } });
});
test.afterEach(() => stage.stop());

async function openTopic(frame: FrameLocator, name: string) {
  await frame.getByRole("button", { name: /All topics/ }).click();
  await frame.getByRole("button", { name, exact: true }).click();
  await expect(frame.getByText(`Answers at once · ${name}`)).toBeVisible();
}

const mara = { kind: "operator", id: "op-1", name: "Mara Lindqvist" } as const;

test("keeps what is said of each topic apart, and comes back to the last one after a reload", async ({
  page,
}) => {
  const frame = await openChat(page, stage);
  await say(frame, "Do you have tents?");
  await openTopic(frame, "Returns");
  await expect(frame.getByText("Do you have tents?")).toHaveCount(0);
  await say(frame, "I want to return a tent");
  await expect(frame.getByText("I want to return a tent")).toBeVisible();
  const sent = stage.chat.requests.filter(({ path }) => path.endsWith("/message"));
  expect(sent).toHaveLength(2);
  await page.reload();
  await expect(frame.getByText("I want to return a tent")).toBeVisible();
  await frame.getByRole("button", { name: /All topics/ }).click();
  await frame.getByRole("button", { name: /^General/ }).click();
  await expect(frame.getByText("Do you have tents?")).toBeVisible();
});

test("tells of new words in another topic: above this one, in the list, and on the launcher", async ({
  page,
}) => {
  const frame = await openChat(page, stage);
  await openTopic(frame, "Returns");
  const general = stage.chat.script();
  general.message(mara, "Your parcel is on its way.");
  stage.chat.tellTopics();
  const news = frame.getByRole("button", { name: /General Your parcel is on its way/ });
  await expect(news).toBeVisible();
  await expect(frame.getByRole("status").filter({ hasText: "New message in General" })).toHaveCount(1);
  await expect(frame.getByRole("button", { name: "All topics, 1 unread" })).toBeVisible();
  await frame.getByRole("button", { name: "Close chat" }).click();
  await expect(page.getByRole("button", { name: "Open chat, 1 unread" })).toBeVisible();
  await page.getByRole("button", { name: /Open chat/ }).click();
  await frame.getByRole("button", { name: "All topics, 1 unread" }).click();
  await frame.getByRole("button", { name: /^General.*1 unread/ }).click();
  await expect(frame.getByText("Your parcel is on its way.").first()).toBeVisible();
  await expect.poll(() => stage.chat.requests.filter(({ path }) => path.endsWith("/read")).length).toBe(1);
});

test("a new topic is begun in words of one's own, by keyboard alone", async ({ page }) => {
  const frame = await openChat(page, stage);
  await say(frame, "Hello");
  await frame.getByRole("button", { name: "All topics" }).focus();
  await page.keyboard.press("Enter");
  await expect(frame.getByRole("button", { name: /^General/ })).toBeFocused();
  await frame.getByLabel("New topic").focus();
  await page.keyboard.type("A broken zip");
  await page.keyboard.press("Enter");
  await expect(frame.getByText("Answers at once · A broken zip")).toBeVisible();
  await expect(frame.getByLabel("Message", { exact: true })).toBeFocused();
});

test("what was begun to be written waits in its topic", async ({ page }) => {
  const frame = await openChat(page, stage);
  await frame.getByLabel("Message", { exact: true }).fill("My order num");
  await openTopic(frame, "Orders");
  await expect(frame.getByLabel("Message", { exact: true })).toHaveValue("");
  await frame.getByRole("button", { name: "All topics" }).click();
  await frame.getByRole("button", { name: /^General/ }).click();
  await expect(frame.getByLabel("Message", { exact: true })).toHaveValue("My order num");
});

test("a topic that cannot be opened says so and stays in the list", async ({ page }) => {
  const frame = await openChat(page, stage);
  await frame.getByRole("button", { name: "All topics" }).click();
  await expect(frame.getByRole("button", { name: "Orders", exact: true })).toBeVisible();
  stage.chat.trouble(503);
  await frame.getByRole("button", { name: "Orders", exact: true }).click();
  await expect(frame.getByRole("alert")).toBeVisible();
  stage.chat.trouble(undefined);
  await frame.getByRole("button", { name: "Orders", exact: true }).click();
  await expect(frame.getByText("Answers at once · Orders")).toBeVisible();
});

test("who has only one topic sees no list", async ({ page }) => {
  await stage.stop();
  stage = await startWidgetStage();
  const frame = await openChat(page, stage);
  await expect(frame.getByRole("button", { name: "Menu" })).toBeVisible();
  await expect(frame.getByRole("button", { name: /All topics/ })).toHaveCount(0);
  await frame.getByRole("button", { name: "Menu" }).click();
  await frame.getByRole("menuitem", { name: "Topics" }).click();
  await expect(frame.getByLabel("New topic")).toBeVisible();
});

test("axe finds nothing in the list of topics, light and dark", async ({ page }) => {
  const frame = await openChat(page, stage);
  await say(frame, "Do you have tents?");
  await openTopic(frame, "Returns");
  stage.chat.script().message(mara, "Yes, in **three** sizes.");
  stage.chat.tellTopics();
  await expect(frame.getByRole("button", { name: /^General Yes/ })).toBeVisible();
  expect(await axeInBoth(page)).toEqual([]);
  await frame.getByRole("button", { name: /All topics/ }).click();
  await expect(frame.getByRole("button", { name: /^General Yes, in three sizes/ })).toBeVisible();
  expect(await axeInBoth(page)).toEqual([]);
});
