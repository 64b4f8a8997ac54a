import { expect, test } from "@playwright/test";
import { axeFindings } from "#support/axe";
import { picture } from "#support/picture";
import { startWidgetStage, type WidgetStage } from "#support/widget-stage";

let stage: WidgetStage;

test.beforeEach(async () => {
  stage = await startWidgetStage({
    answer: async (_, chat) => void chat.message({ kind: "operator", name: "Ada" }, "Here I am."),
  });
});
test.afterEach(() => stage.stop());

test("a letter's link opens the chat in another browser, also after a reload", async ({ page, browser }) => {
  await page.goto(stage.hostUrl);
  await page.getByRole("button", { name: "Open chat" }).click();
  const message = page.frameLocator("iframe").getByLabel("Message", { exact: true });
  await message.fill("Where is my tent?");
  await message.press("Enter");
  await expect(page.frameLocator("iframe").getByText("Here I am.", { exact: true })).toBeVisible();
  const [room] = [...stage.chat.rooms.values()];

  const elsewhere = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const phone = await elsewhere.newPage();
  await phone.goto(`${stage.frameUrl}#resume=good.${room?.conversationId}`);
  await expect(phone.getByRole("log").getByText("Where is my tent?")).toBeVisible();
  await expect(phone.getByText("Here I am.", { exact: true })).toBeVisible();
  expect(phone.url()).toBe(stage.frameUrl);
  await picture(phone, "resume-390");

  await phone.reload();
  await expect(phone.getByRole("log").getByText("Where is my tent?")).toBeVisible();
  // The browser's own chat with this company stays as it is.
  expect(
    await phone.evaluate(() => Object.keys(localStorage).filter((key) => key.endsWith(":session"))),
  ).toEqual([]);
  await elsewhere.close();
});

test("an expired link says so and opens a new chat", async ({ page }) => {
  await page.goto(`${stage.frameUrl}#resume=old.one`);
  await expect(page.getByText("This link has expired.")).toBeVisible();
  await expect(page.getByLabel("Message", { exact: true })).toBeEnabled();
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, "resume-expired");
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.getByText("This link has expired.")).toHaveCount(0);
});
