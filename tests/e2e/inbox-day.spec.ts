import { expect, type Page, test } from "@playwright/test";
import { holdFor } from "#components/inbox/composer/hold.ts";
import { axeFindings } from "#support/axe";
import { type FakeInbox, openFakeInbox } from "#support/fake-inbox";
import { idOf } from "#support/inbox-ids";
import { details, note, openInbox, reply, row, transcript } from "#support/inbox-parts";

test.use({ viewport: { width: 1440, height: 900 } });

let inbox: FakeInbox;
test.beforeEach(async () => {
  inbox = await openFakeInbox({ count: 60 });
});
test.afterEach(() => inbox.close());

const waiting = idOf(1);
const ofAnna = idOf(4);
const mine = idOf(6);

const open = (page: Page, path: string) => openInbox(page, inbox.url + path);

function lastCall(path: RegExp, method = "POST") {
  return inbox.calls.findLast((call) => path.test(call.path) && call.method === method);
}

// What is held goes by the page's clock, once that is installed.
async function letItGo(page: Page) {
  await expect(page.getByText("Leaves in", { exact: false }).first()).toBeVisible();
  await page.clock.fastForward(holdFor);
}

test("sends no half-typed name of a canned response that is still on its way", async ({ page }) => {
  let arrive = () => {};
  const arrived = new Promise<void>((done) => {
    arrive = done;
  });
  await page.route("**/api/agent/canned-responses", async (route) => {
    await arrived;
    await route.continue();
  });
  await open(page, `/inbox/${mine}?view=all`);
  await reply(page).fill("/refu");
  await reply(page).press("Enter");
  await expect(reply(page)).toHaveValue("/refu");

  arrive();
  await expect(page.getByRole("option", { name: /Refund is on its way/ })).toBeVisible();
  await reply(page).press("Enter");
  await expect(reply(page)).toHaveValue(/I have refunded your order/);
  expect(lastCall(/messages|send/)).toBeUndefined();
});

test("takes a case from the queue to its end by keyboard alone", async ({ page }) => {
  await open(page, "/inbox");
  await expect(row(page, idOf(3))).toBeVisible();
  await page.keyboard.press("j");
  await expect(page).toHaveURL(`${inbox.url}/inbox/${idOf(3)}`);
  await expect(page.getByRole("button", { name: "Accept" })).toBeVisible();

  // The first letter takes the conversation: nobody else begins an answer.
  await page.keyboard.press("r");
  await page.keyboard.type("/refu");
  await expect(page.getByRole("option", { name: /Refund is on its way/ })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  expect(lastCall(/accept$/)).toBeDefined();
  await page.keyboard.press("Enter");
  await expect(reply(page)).toHaveValue(/^Hi Aisha, I have refunded your order.*\n\nMaya$/s);
  await page.keyboard.press("Escape");

  await page.keyboard.press("l");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.type("refund");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(details(page).getByRole("button", { name: "Remove tag refund" })).toBeVisible();

  await page.keyboard.press("n");
  await expect(note(page)).toBeFocused();
  await page.keyboard.type("Ask @ann");
  await expect(page.getByRole("option", { name: /Anna Okafor/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.type("about the bank.");
  await page.keyboard.press("Enter");
  await expect(transcript(page).getByText("@Anna Okafor about the bank.")).toHaveCount(1);
  expect(lastCall(/send$/)?.body).toMatchObject({ audience: "operators", mentions: ["op-anna"] });
  await page.keyboard.press("Escape");

  await page.keyboard.press("r");
  await page.clock.install();
  await page.keyboard.press("Control+Shift+Enter");
  await letItGo(page);
  await expect(page).not.toHaveURL(new RegExp(idOf(3)));
  await expect.poll(() => lastCall(/send$/)?.body).toMatchObject({ thenResolve: true });
  await expect.poll(() => inbox.known.get(idOf(3))?.row.state.state).toBe("RESOLVED");
});

test("lets a reply be taken back for five seconds, then lets it go", async ({ page }) => {
  await open(page, `/inbox/${mine}`);
  await page.keyboard.press("r");
  await page.keyboard.type("Too early");
  await page.clock.install();
  await page.keyboard.press("Enter");
  await expect(reply(page)).toHaveValue("");
  await transcript(page).getByRole("button", { name: "Undo" }).click();
  await expect(reply(page)).toHaveValue("Too early");
  await page.clock.fastForward(holdFor + 500);
  expect(lastCall(/send$/)).toBeUndefined();

  await reply(page).fill("Now it is right");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+z");
  await expect(reply(page)).toHaveValue("Now it is right");
  await page.keyboard.press("Enter");
  await letItGo(page);
  await expect.poll(() => lastCall(/send$/)?.body).toMatchObject({ text: "Now it is right" });
  await expect(transcript(page).getByText("Now it is right")).toHaveCount(1);
});

test("sends what was held at the very moment the window closes", async ({ page, context }) => {
  await open(page, `/inbox/${mine}`);
  await page.keyboard.press("r");
  await page.keyboard.type("See you tomorrow");
  await page.keyboard.press("Enter");
  await expect(transcript(page).getByText("Leaves in", { exact: false })).toBeVisible();
  await context.newPage();
  await page.close({ runBeforeUnload: false });
  await expect.poll(() => lastCall(/send$/)?.body).toMatchObject({ text: "See you tomorrow" });
});

test("warns before a reply goes past somebody else's, and shows that", async ({ page }) => {
  await open(page, `/inbox/${mine}`);
  await page.keyboard.press("r");
  await page.keyboard.type("It is at no. 14.");
  inbox.say(mine, {
    author: { kind: "operator", id: "op-anna", name: "Anna Okafor" },
    text: "We refund it today.",
  });
  await expect(transcript(page).getByText("We refund it today.")).toBeVisible();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Anna Okafor has replied meanwhile" });
  await expect(dialog.getByText("We refund it today.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Keep editing" }).click();
  await expect(reply(page)).toHaveValue("It is at no. 14.");
  await reply(page).press("Enter");
  await page.clock.install();
  await dialog.getByRole("button", { name: "Send anyway" }).click();
  await letItGo(page);
  await expect.poll(() => lastCall(/send$/)?.body).toMatchObject({ sendAnyway: true });
});

test("asks again where only the server has heard of a newer reply", async ({ page }) => {
  inbox.faults.newer = {
    id: idOf(990),
    conversationId: mine,
    seq: 99,
    author: { kind: "operator", id: "op-anna", name: "Anna Okafor" },
    text: "We refund it today.",
    audience: "all",
    createdAt: new Date().toISOString(),
  };
  await open(page, `/inbox/${mine}`);
  await reply(page).fill("It is at no. 14.");
  await reply(page).press("Enter");
  await transcript(page).getByRole("button", { name: "Send now" }).click();
  await expect(transcript(page).getByText("Anna Okafor has replied meanwhile.")).toBeVisible();
  await transcript(page).getByRole("button", { name: "Send anyway" }).click();
  await expect(transcript(page).getByRole("alert")).toHaveCount(0);
  await expect(transcript(page).getByText("It is at no. 14.")).toHaveCount(1);
});

test("shows a macro's steps before it does them, and takes them back", async ({ page }) => {
  await open(page, `/inbox/${mine}`);
  await page.keyboard.press("m");
  await page.getByRole("option", { name: /Refund and close/ }).click();
  const preview = page.getByRole("dialog", { name: "Refund and close" });
  await expect(preview.getByText("Resolves the conversation.")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("“Refund and close” is done")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => lastCall(/bulk$/)?.body).toMatchObject({ changes: [{ action: { kind: "tag" } }] });
});

test("keeps a draft, marks it in the list, and says that it is one", async ({ page }) => {
  await open(page, `/inbox/${mine}?view=all`);
  await page.keyboard.press("r");
  await page.keyboard.type("Half a thought");
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await expect(row(page, mine).getByText("Draft")).toBeVisible();
  await expect.poll(() => lastCall(/draft$/, "PUT")?.body).toMatchObject({ text: "Half a thought" });
  await page.keyboard.press("k");
  await expect(reply(page)).toHaveValue("Half a thought");
  await page.reload();
  await expect(reply(page)).toHaveValue("Half a thought");
  await expect(page.getByText(/^Draft from/)).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(reply(page)).toHaveValue("");
});

test("whispers to the colleague who has the conversation", async ({ page }) => {
  await open(page, `/inbox/${ofAnna}?view=all`);
  await page.keyboard.press("w");
  await page.keyboard.type("Offer them a refund");
  await page.keyboard.press("Enter");
  await expect(transcript(page).getByText("Whispered, the customer does not hear it")).toBeVisible();
  expect(lastCall(/whisper$/)?.body).toMatchObject({ text: "Offer them a refund" });
});

test("shows who else looks, who of them is away, and who types a reply", async ({ page }) => {
  await open(page, `/inbox/${waiting}`);
  await expect(page.getByRole("button", { name: "Anna Okafor is looking too" })).toBeVisible();
  inbox.tell({
    type: "typing",
    conversationId: waiting,
    author: "operator",
    authorId: "op-anna",
    name: "Anna Okafor",
    typing: true,
  });
  await expect(page.getByRole("button", { name: "Anna Okafor is typing a reply" })).toBeVisible();
  await expect(page.locator("header").getByText("Anna Okafor is typing a reply")).toBeVisible();
});

test("says how far a file is, and lets it be left out", async ({ page }) => {
  await open(page, `/inbox/${mine}`);
  await page.locator("input[type=file]").setInputFiles({
    name: "photo.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("hello"),
  });
  const files = page.getByRole("list", { name: "Files to send" });
  await expect(files.getByText("photo.txt")).toBeVisible();
  // What goes with a reply does not go with a note, nor the other way round. Esc leaves the field it is in, and no more.
  await reply(page).focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await expect(files).toHaveCount(0);
  await expect(note(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await files.getByRole("button", { name: "Leave out photo.txt" }).click();
  await expect(files).toHaveCount(0);
});

test("changes what is known of the customer where it stands", async ({ page }) => {
  await open(page, `/inbox/${mine}`);
  await details(page)
    .getByRole("button", { name: /^Change plan/ })
    .click();
  await details(page).getByRole("textbox", { name: "plan" }).fill("Everest");
  await page.keyboard.press("Enter");
  await expect(details(page).getByRole("button", { name: /^Change plan, now Everest/ })).toBeFocused();
  expect(lastCall(/attributes$/, "PATCH")?.body).toEqual({ attributes: { plan: "Everest" } });
});

test("shows what was done before the server has answered", async ({ page }) => {
  await open(page, `/inbox/${mine}?view=all`);
  inbox.faults.slow = 20_000;
  await page.keyboard.press("e");
  await expect(row(page, mine).getByText("Resolved")).toBeVisible();
  await row(page, idOf(10)).click();
  await expect(page.getByRole("heading", { name: "Priya Nair" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Resolve", exact: true })).toBeEnabled();
  await page.keyboard.press("l");
  await page.keyboard.type("urgent");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(details(page).getByRole("button", { name: "Remove tag urgent" })).toBeVisible();
});

test("takes back what it showed when the server says no", async ({ page }) => {
  inbox.faults.acceptedBy = "op-anna";
  await open(page, `/inbox/${waiting}`);
  await page.keyboard.press("a");
  await expect(page.getByText("Anna Okafor was faster")).toBeVisible();
  await expect(row(page, waiting).getByText("Waiting for a person")).toBeAttached();
});

test("leaves single letters alone once they are switched off", async ({ page }) => {
  await open(page, `/inbox/${mine}`);
  await page.keyboard.press("?");
  await page.getByRole("switch", { name: "Single letters work as shortcuts" }).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("h");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
});
