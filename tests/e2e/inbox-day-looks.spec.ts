import { expect, type Page, test } from "@playwright/test";
import { axeInBoth } from "#support/axe";
import { type FakeInbox, openFakeInbox } from "#support/fake-inbox";
import { onPlatform } from "#support/inbox-channels";
import { idOf } from "#support/inbox-ids";
import { openInbox } from "#support/inbox-parts";

test.use({ viewport: { width: 1440, height: 900 } });

let inbox: FakeInbox;
test.beforeEach(async () => {
  inbox = await openFakeInbox({ count: 60 });
});
test.afterEach(() => inbox.close());

const dialogs = {
  snooze: "h",
  tags: "l",
  macros: "m",
  transfer: "t",
  "hand back": "b",
  keys: "?",
  search: "/",
  palette: "Control+k",
};

const open = (page: Page, path: string) => openInbox(page, inbox.url + path);

test.describe("looked at by axe, light and dark", () => {
  test.beforeEach(async ({ page }) => {
    test.slow();
    await open(page, `/inbox/${idOf(6)}?view=all`);
  });

  test("has nothing to find in what a key opens", async ({ page }) => {
    for (const [name, key] of Object.entries(dialogs)) {
      await page.keyboard.press(key);
      await expect(page.getByRole("dialog"), name).toBeVisible();
      expect.soft(await axeInBoth(page, { within: "[role=dialog]" }), name).toEqual([]);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog"), name).toHaveCount(0);
    }
  });

  test("has nothing to find in what opens while somebody writes and chooses", async ({ page }) => {
    await page.keyboard.press("r");
    await page.keyboard.type("/re");
    await expect(page.getByRole("listbox", { name: "Canned responses" })).toBeVisible();
    expect(await axeInBoth(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.keyboard.press("x");
    await expect(page.getByRole("toolbar")).toBeVisible();
    expect(await axeInBoth(page)).toEqual([]);
  });

  test("has nothing to find in notes that name me, and a narrowed list", async ({ page }) => {
    await open(page, "/inbox?view=mentions");
    expect(await axeInBoth(page)).toEqual([]);
    await open(page, `/inbox/${idOf(onPlatform.open)}?view=all&tag=vip`);
    expect(await axeInBoth(page)).toEqual([]);
  });
});
