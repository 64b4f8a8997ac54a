import { expect, type Page, test } from "@playwright/test";
import { axeFindings } from "#support/axe";
import { startBaton } from "#support/baton";

test.use({ viewport: { width: 1440, height: 900 } });

async function signIn(page: Page, output: string) {
  const [, link = ""] = /Sign in once with\s+(\S+)/.exec(output) ?? [];
  await page.goto(link);
  await expect(page).toHaveURL(/\/inbox/);
}

async function writesCanned(page: Page) {
  await page.getByRole("button", { name: "New canned response" }).first().click();
  await page.getByLabel("Short name").fill("thanks");
  await page.getByLabel("Title").fill("Thank you");
  await page.getByLabel("Words").fill("Hi {{customer.frist_name}}");
  await expect(
    page.getByText("There is no variable {{customer.frist_name}}.", { exact: false }),
  ).toBeVisible();
  await page.getByLabel("Words").fill("Hi {{customer.first_name|there}}, thank you. {{operator.first_name}}");
  await expect(page.getByText("Hi Maria, thank you. Anna")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("/thanks")).toBeVisible();
}

async function makesMacro(page: Page) {
  await page.getByRole("button", { name: "New macro" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill("Thank and tag");
  await page.getByLabel("Words to the customer").fill("Anything else, {{customer.first_name|there}}?");
  await page.getByRole("button", { name: "Add step" }).click();
  await page.getByRole("menuitem", { name: "Change tags" }).click();
  await page.getByLabel("Add", { exact: true }).fill("thanked");
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("reply, +thanked")).toBeVisible();
}

test("what operators keep in the settings is written, sent and found with the whole program", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const baton = await startBaton();
  try {
    await signIn(page, baton.output());
    await page.goto(`${baton.url}/settings/canned`);
    await writesCanned(page);
    await page.getByRole("link", { name: "Macros" }).click();
    await expect(page.getByRole("heading", { name: "Macros" })).toBeVisible();
    await makesMacro(page);

    await page.goto(`${baton.url}/inbox`);
    await page.locator("[data-conversation]").filter({ hasText: "Jonas Weber" }).click();
    const transcript = page.getByTestId("transcript");
    await expect(transcript).toBeVisible();
    await page.getByLabel(/^Reply to/).pressSequentially("/tha");
    await expect(page.getByRole("option", { name: /thank you/i })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page.getByLabel(/^Reply to/)).toHaveValue(/^Hi Jonas, thank you\. \w+$/);
    await page.keyboard.press("Enter");
    await transcript.getByRole("button", { name: "Send now" }).click();
    await expect(
      transcript.locator("[data-message]").getByText("Hi Jonas, thank you.", { exact: false }),
    ).toHaveCount(1);

    await page.keyboard.press("m");
    await page.getByRole("option", { name: /Thank and tag/ }).click();
    await page.getByRole("button", { name: "Run" }).click();
    await expect(transcript.getByText("Anything else, Jonas?")).toBeVisible();
    await expect(page.getByRole("button", { name: "Remove tag thanked" })).toBeVisible();

    await page.keyboard.press("h");
    await page.getByRole("button", { name: /^Tomorrow/ }).click();
    await page.goto(`${baton.url}/inbox?view=snoozed&tag=thanked`);
    await expect(page.locator("[data-conversation]").filter({ hasText: "Jonas Weber" })).toHaveCount(1);

    await page.keyboard.press("/");
    await page.keyboard.type("anything else");
    await expect(page.getByRole("option", { name: /Jonas Weber/ })).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  } finally {
    await baton.stop();
  }
});
