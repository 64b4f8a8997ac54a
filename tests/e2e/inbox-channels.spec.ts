import { expect, type Page, test } from "@playwright/test";
import { axeInBoth } from "#support/axe";
import { type FakeInbox, openFakeInbox } from "#support/fake-inbox";
import { onPlatform } from "#support/inbox-channels";
import { idOf } from "#support/inbox-ids";
import { openInbox, transcript } from "#support/inbox-parts";

let inbox: FakeInbox;
test.beforeEach(async () => {
  inbox = await openFakeInbox({ count: 60 });
});
test.afterEach(() => inbox.close());

const open = idOf(onPlatform.open);
const visit = (page: Page, number: number) => openInbox(page, `${inbox.url}/inbox/${idOf(number)}?view=all`);

function lastCall(path: RegExp) {
  return inbox.calls.findLast((call) => path.test(call.path));
}

test("names the channel in the list and above the conversation", async ({ page }) => {
  await visit(page, onPlatform.open);
  await expect(page.locator(`[data-conversation="${open}"]`).getByText("WhatsApp")).toBeAttached();
  await expect(
    page.getByRole("banner").or(page.locator("header")).getByText("WhatsApp").first(),
  ).toBeAttached();
  await expect(page.locator(`[data-conversation="${idOf(1)}"]`).getByText("Web chat")).toBeAttached();
});

test("follows a message from sending to read", async ({ page }) => {
  await visit(page, onPlatform.open);
  await page.getByLabel(/^Reply to/).fill("It is at no. 14.");
  await page.keyboard.press("Enter");
  const message = transcript(page).locator("[data-message]").filter({ hasText: "It is at no. 14." });
  const group = message.locator("..");
  await expect(group.getByText("Sending")).toBeVisible();
  const id = (await message.getAttribute("data-message")) ?? "";
  for (const [state, word] of [
    ["sent", "Sent"],
    ["delivered", "Delivered"],
    ["read", "Read"],
  ] as const) {
    inbox.deliver(open, id, { state });
    await expect(group.getByText(word, { exact: true }).last()).toBeVisible();
  }
});

test("says why a message did not arrive, and sends it again", async ({ page }) => {
  await visit(page, onPlatform.open);
  const failed = transcript(page).locator("[data-message]").filter({ hasText: "Not delivered." });
  await expect(failed.getByText("larger than 16 MB")).toBeVisible();
  await failed.getByRole("button", { name: "Retry" }).click();
  await expect(transcript(page).getByText("Not delivered.")).toHaveCount(0);
  await expect(transcript(page).getByText("Sending")).toBeVisible();
  expect(lastCall(/retry$/)).toMatchObject({ method: "POST" });
});

test("says why a message cannot be sent again", async ({ page }) => {
  inbox.faults.refuseRetries = "The 24-hour window has closed: send a template.";
  await visit(page, onPlatform.open);
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("alert").getByText("The 24-hour window has closed")).toBeVisible();
  await expect(page.getByRole("button", { name: "Retry" })).toBeEnabled();
});

test("shows what is not known as not known, and warns before it is sent again", async ({ page }) => {
  await visit(page, onPlatform.templateOnly);
  const unknown = transcript(page)
    .locator("[data-message]")
    .filter({ hasText: "Not known whether it arrived." });
  await expect(unknown.getByText("makes it arrive twice")).toBeVisible();
  await unknown.getByRole("button", { name: "Send again" }).click();
  await expect(transcript(page).getByText("Not known whether it arrived.")).toHaveCount(0);
});

test("tells how long the customer can be answered, and closes when that is over", async ({ page }) => {
  await page.clock.install({ time: Date.now() });
  await visit(page, onPlatform.open);
  await expect(page.getByText(/3 h 1\d min left/)).toBeVisible();
  await page.clock.fastForward("02:00:00");
  await expect(page.getByText(/1 h 1\d min left/)).toBeVisible();
  await page.clock.fastForward("01:30:00");
  await expect(page.getByText("Reply window closed")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Template" })).toBeVisible();
});

test("finds a template after the window, shows how it will read, and sends it", async ({ page }) => {
  await visit(page, onPlatform.templateOnly);
  const template = page.getByRole("combobox", { name: "Template" });
  await expect(template).toBeEnabled();
  await page.keyboard.press("r");
  await expect(template).toBeFocused();
  await page.keyboard.type("order en_US");
  await expect(page.getByRole("option")).toHaveCount(2);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Value for {{1}}")).toBeFocused();
  await page.keyboard.type("Jonas");
  await page.getByLabel("Value for {{2}}").fill("A-20418");
  const preview = page.getByRole("figure", { name: "Preview" });
  await expect(preview).toContainText("Hi Jonas, your order A-20418 is on its way.");
  await expect(preview).toContainText("with you on {{3}}.");
  await page.getByLabel("Value for {{2}}").press("Enter");
  expect(lastCall(/send$/)).toBeUndefined();
  await page.getByLabel("Value for {{3}}").fill("Friday");
  await page.keyboard.press("Enter");
  await expect(transcript(page).getByText("Hi Jonas, your order A-20418 is on its way.")).toBeVisible();
  expect(lastCall(/send$/)?.body).toMatchObject({
    text: "Order update\n\nHi Jonas, your order A-20418 is on its way.\nIt should be with you on Friday.\n\nNorthwind support",
    template: { name: "order_update", language: "en_US", values: ["Jonas", "A-20418", "Friday"] },
  });
  await expect(template).toBeVisible();
});

test("names the values of a template whose gaps have names", async ({ page }) => {
  await visit(page, onPlatform.templateOnly);
  await page.getByRole("combobox", { name: "Template" }).fill("mesa");
  await page.getByRole("option").click();
  await page.getByLabel("Value for number_of_guests").fill("4");
  await page.getByLabel("Value for day").fill("sábado");
  await page.getByRole("button", { name: "Send template" }).click();
  await expect
    .poll(() => lastCall(/send$/)?.body)
    .toMatchObject({
      text: "Mesa para 4 em sábado, 4 lugares.",
      template: { values: ["4", "sábado"], names: ["number_of_guests", "day"] },
    });
});

test("sends a template without values as it is, and goes back from one to the list", async ({ page }) => {
  await visit(page, onPlatform.templateOnly);
  await page.getByRole("option", { name: /still_there/ }).click();
  await page.getByRole("button", { name: "Choose another template" }).click();
  await page.getByRole("option", { name: /order_delivered/ }).click();
  await page.keyboard.press("Enter");
  await expect
    .poll(() => lastCall(/send$/)?.body)
    .toMatchObject({
      template: { name: "order_delivered", language: "en_US", values: [] },
    });
});

test("sends a template by its name where none is found", async ({ page }) => {
  await visit(page, onPlatform.templateOnly);
  await page.getByRole("combobox", { name: "Template" }).fill("no such words");
  await page.getByRole("button", { name: "Send one by its name" }).click();
  await expect(page.getByRole("textbox", { name: "Template", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Back to the list" }).click();
  await expect(page.getByRole("option")).toHaveCount(5);
});

test("says why there is no list of templates, and sends one by its name", async ({ page }) => {
  inbox.faults.refuseTemplates = "The access token may not read templates.";
  await visit(page, onPlatform.templateOnly);
  await expect(page.getByText("The access token may not read templates.")).toBeVisible();
  await page.getByRole("textbox", { name: "Template", exact: true }).fill("order_update");
  await page.getByRole("textbox", { name: "Language" }).fill("en_US");
  await page.getByRole("button", { name: "Add a value for {{1}}" }).click();
  await page.keyboard.type("A-20418");
  await page.getByRole("button", { name: "Send template" }).click();
  await expect(transcript(page).getByText("order_update")).toBeVisible();
  expect(lastCall(/send$/)?.body).toMatchObject({
    text: "Template `order_update` (en_US): A-20418",
    template: { name: "order_update", language: "en_US", values: ["A-20418"] },
  });
  inbox.faults.refuseTemplates = "";
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("option")).toHaveCount(5);
});

test("leaves only notes after a window that no template opens", async ({ page }) => {
  await visit(page, onPlatform.windowOver);
  await expect(page.getByText(/Messenger takes replies only for some time/)).toBeVisible();
  await expect(page.getByLabel(/^Reply to/)).toHaveCount(0);
  await page.getByRole("button", { name: "Note", exact: true }).click();
  await expect(page.getByLabel("Internal note", { exact: true })).toBeVisible();
});

test("puts answers to press under a reply", async ({ page }) => {
  await visit(page, onPlatform.open);
  await page.getByLabel(/^Reply to/).fill("Send it again?");
  await page.getByRole("button", { name: "Add answer buttons" }).click();
  await page.keyboard.type("Yes, please");
  await page.keyboard.press("Enter");
  await page.keyboard.type("No, it is too late for that now");
  await page.getByRole("button", { name: "Add another answer" }).click();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByLabel("Answer 1", { exact: true })).toHaveCount(0);
  await expect
    .poll(() => lastCall(/send$/)?.body)
    .toMatchObject({ choices: ["Yes, please", "No, it is too late f"] });
});

test("says what stands in the way of the customer", async ({ page }) => {
  await visit(page, onPlatform.blocked);
  await expect(page.getByText(/has blocked you on Telegram/)).toBeVisible();
  await visit(page, onPlatform.paused);
  await expect(page.getByText("SMS is paused.")).toBeVisible();
  const connection = inbox.known.get(idOf(onPlatform.paused))?.channel?.connection.id;
  await expect(page.getByRole("link", { name: "Open its settings" })).toHaveAttribute(
    "href",
    `/settings/channels/${connection}`,
  );
});

test("offers no files and no buttons where the platform has none, and counts what fits", async ({ page }) => {
  await visit(page, onPlatform.paused);
  await expect(page.getByRole("button", { name: "Attach files" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Add answer buttons" })).toHaveCount(0);
  await page.getByLabel(/^Reply to/).fill("x".repeat(155));
  await expect(page.getByText("1 SMS · 5 left")).toBeVisible();
  await page.getByLabel(/^Reply to/).fill("x".repeat(165));
  await expect(page.getByText("2 SMS · 141 left")).toBeVisible();
});

test("has nothing for axe to find, light and dark", async ({ page }) => {
  // Five pages, each looked through whole.
  test.slow();
  for (const number of Object.values(onPlatform)) {
    await visit(page, number);
    const answers = page.getByRole("button", { name: "Add answer buttons" });
    if (await answers.isVisible()) await answers.click();
    expect([number, await axeInBoth(page)]).toEqual([number, []]);
  }
});

test("has nothing for axe to find in templates, light and dark", async ({ page }) => {
  test.slow();
  await visit(page, onPlatform.templateOnly);
  await page.getByRole("option", { name: /order_update en_US/ }).click();
  await page.getByLabel("Value for {{1}}").fill("Jonas");
  expect(await axeInBoth(page)).toEqual([]);
  inbox.faults.refuseTemplates = "The access token may not read templates.";
  await visit(page, onPlatform.templateOnly);
  await expect(page.getByText("could not be loaded")).toBeVisible();
  expect(await axeInBoth(page)).toEqual([]);
});
