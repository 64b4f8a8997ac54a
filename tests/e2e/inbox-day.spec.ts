import { expect, type Page, test } from "@playwright/test";
import { axeFindings } from "#support/axe";
import { type FakeInbox, openFakeInbox } from "#support/fake-inbox";
import { onPlatform } from "#support/inbox-channels";
import { idOf } from "#support/inbox-ids";

test.use({ viewport: { width: 1440, height: 900 } });

let inbox: FakeInbox;
test.beforeEach(async () => {
  inbox = await openFakeInbox({ count: 60 });
});
test.afterEach(() => inbox.close());

const waiting = idOf(1);
const ofAnna = idOf(4);
const mine = idOf(6);
const row = (page: Page, id: string) => page.locator(`[data-conversation="${id}"]`);
const transcript = (page: Page) => page.getByTestId("transcript");
const details = (page: Page) => page.getByRole("complementary", { name: "Details" });
const reply = (page: Page) => page.getByLabel(/^Reply to/);
const note = (page: Page) => page.getByLabel("Internal note");

async function open(page: Page, path: string) {
  await page.goto(inbox.url + path);
  await expect(/\/inbox\/./.test(path) ? transcript(page) : page.getByTestId("list")).toBeVisible();
}

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

function lastCall(path: RegExp, method = "POST") {
  return inbox.calls.findLast((call) => path.test(call.path) && call.method === method);
}

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
  await page.keyboard.type("refund");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(details(page).getByRole("button", { name: "Remove tag refund" })).toBeVisible();

  await page.keyboard.press("n");
  await page.keyboard.type("Ask @ann");
  await page.keyboard.press("Enter");
  await page.keyboard.type("about the bank.");
  await page.keyboard.press("Enter");
  await expect(transcript(page).getByText("@Anna Okafor about the bank.")).toHaveCount(1);
  expect(lastCall(/send$/)?.body).toMatchObject({ audience: "operators", mentions: ["op-anna"] });
  await page.keyboard.press("Escape");

  await page.keyboard.press("r");
  await page.keyboard.press("Control+Shift+Enter");
  await expect(page.getByText("Leaves in", { exact: false }).first()).toBeVisible();
  await expect(page).not.toHaveURL(new RegExp(idOf(3)));
  await expect.poll(() => lastCall(/send$/)?.body, { timeout: 10_000 }).toMatchObject({ thenResolve: true });
  await expect.poll(() => inbox.known.get(idOf(3))?.row.state.state).toBe("RESOLVED");
});

test("lets a reply be taken back for five seconds, then lets it go", async ({ page }) => {
  await open(page, `/inbox/${mine}`);
  await page.keyboard.press("r");
  await page.keyboard.type("Too early");
  await page.keyboard.press("Enter");
  await expect(reply(page)).toHaveValue("");
  await transcript(page).getByRole("button", { name: "Undo" }).click();
  await expect(reply(page)).toHaveValue("Too early");
  await page.waitForTimeout(5_500);
  expect(lastCall(/send$/)).toBeUndefined();

  await reply(page).fill("Now it is right");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+z");
  await expect(reply(page)).toHaveValue("Now it is right");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => lastCall(/send$/)?.body, { timeout: 10_000 })
    .toMatchObject({ text: "Now it is right" });
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
  await dialog.getByRole("button", { name: "Send anyway" }).click();
  await expect.poll(() => lastCall(/send$/)?.body, { timeout: 10_000 }).toMatchObject({ sendAnyway: true });
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

test("acts on many at once, and takes it back with one press", async ({ page }) => {
  await open(page, `/inbox/${mine}?view=all`);
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+J");
  await page.keyboard.press("Shift+J");
  await expect(page.getByText("3 chosen")).toBeVisible();
  await page.keyboard.press("e");
  await expect(page.getByText("3 resolved")).toBeVisible();
  await expect(row(page, mine).getByText("Resolved")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, mine).getByText("You")).toBeVisible();
});

test("chooses a range with the pointer, and says which of it was not done", async ({ page }) => {
  inbox.desk.faults.refuseBulk.set(idOf(7), "Anna has it.");
  await open(page, "/inbox?view=all");
  await page.getByRole("checkbox", { name: "Choose Bartholomew" }).first().check({ force: true });
  await page
    .getByRole("checkbox", { name: "Choose Kenji Tanaka" })
    .first()
    .click({ modifiers: ["Shift"], force: true });
  await page.getByRole("toolbar").getByRole("button", { name: "Snooze the chosen" }).click();
  await page.getByRole("button", { name: /^Tomorrow/ }).click();
  await expect(page.getByText("2 snoozed")).toBeVisible();
  await expect(page.getByText("1 not: Anna has it.")).toBeVisible();
  await expect(row(page, mine).getByText("Snoozed until")).toBeAttached();
  await expect(row(page, idOf(7)).getByText("Snoozed until")).toHaveCount(0);
});

test("puts a conversation aside until a moment, and wakes it", async ({ page }) => {
  await open(page, `/inbox/${mine}`);
  await page.keyboard.press("h");
  await expect(page.getByRole("dialog", { name: "Snooze" })).toBeVisible();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Snoozed until/).first()).toBeVisible();
  expect(lastCall(/snooze$/, "PUT")).toBeDefined();
  await page.keyboard.press("h");
  await page.getByRole("button", { name: /^Wake now/ }).click();
  await expect.poll(() => lastCall(/snooze$/, "DELETE")).toBeDefined();
});

test("finds conversations by their words, marked, and contacts by their name", async ({ page }) => {
  await open(page, "/inbox?view=all");
  await page.keyboard.press("/");
  const field = page.getByRole("combobox", { name: "Search conversations and contacts" });
  await field.fill("parcel");
  await expect(page.getByRole("option").first().locator("mark").first()).toHaveText("parcel");
  await field.fill("priya");
  await page.getByRole("button", { name: "Contacts" }).click();
  await expect(page.getByRole("option", { name: /Priya Nair/ }).first()).toBeVisible();
  await field.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Conversations", pressed: true })).toBeVisible();
  await field.fill("bartholomew");
  await expect(page.getByRole("option", { name: /Bartholomew/ }).first()).toBeVisible();
  await field.press("Enter");
  await expect(page).toHaveURL(/\/inbox\/[0-9a-f-]+/);
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

test("narrows the list, keeps that under a name, and shows the notes that name me", async ({ page }) => {
  await open(page, "/inbox?view=all&tag=refund");
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Refunds");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Refunds" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: /^Mentions/ }).click();
  await page.getByRole("link", { name: /can you look at the invoice/ }).click();
  await expect(transcript(page)).toBeVisible();
  await expect.poll(() => lastCall(/mentions\/read$/)).toBeDefined();
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

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`looked at by axe, ${colorScheme}`, () => {
    test.beforeEach(async ({ page }) => {
      test.slow();
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await open(page, `/inbox/${mine}?view=all`);
    });

    for (const [name, key] of Object.entries(dialogs)) {
      test(`has nothing to find: ${name}`, async ({ page }) => {
        await page.keyboard.press(key);
        await expect(page.getByRole("dialog")).toBeVisible();
        expect(await axeFindings(page)).toEqual([]);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
      });
    }

    test("has nothing to find: what opens while somebody writes and chooses", async ({ page }) => {
      await page.keyboard.press("r");
      await page.keyboard.type("/re");
      await expect(page.getByRole("listbox", { name: "Canned responses" })).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      await page.keyboard.press("x");
      await expect(page.getByRole("toolbar")).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
    });

    test("has nothing to find: notes that name me, and a narrowed list", async ({ page }) => {
      await open(page, "/inbox?view=mentions");
      expect(await axeFindings(page)).toEqual([]);
      await open(page, `/inbox/${idOf(onPlatform.open)}?view=all&tag=vip`);
      expect(await axeFindings(page)).toEqual([]);
    });
  });
}
