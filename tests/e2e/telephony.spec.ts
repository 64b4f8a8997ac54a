import { expect, type Page, test } from "@playwright/test";
import { axeFindings, axeInBoth } from "#support/axe";
import { type FakeInbox, openFakeInbox } from "#support/fake-inbox";
import { type FakePractice, openFakePractice } from "#support/fake-practice";
import { onPlatform } from "#support/inbox-channels";
import { idOf } from "#support/inbox-ids";

const conversation = idOf(onPlatform.paused);

test.describe("the inbox", () => {
  let inbox: FakeInbox;
  test.beforeEach(async () => {
    inbox = await openFakeInbox({ count: 60 });
  });
  test.afterEach(() => inbox.close());

  const transcript = (page: Page) => page.getByTestId("transcript");

  async function visit(page: Page, lead: Parameters<FakeInbox["phone"]["install"]>[1] = {}) {
    inbox.phone.install(conversation, lead);
    await page.goto(`${inbox.url}/inbox/${conversation}?view=mine`);
    await expect(transcript(page)).toBeVisible();
  }

  function aiAnswers() {
    inbox.turn(conversation, { state: "ACTIVE", owner: "ai" });
  }

  test("shows what was said in a call, what came of it, and why another did not come about", async ({
    page,
  }) => {
    await visit(page);
    const spoken = transcript(page).getByRole("article", { name: /^Incoming call/ });
    await expect(spoken.getByText("Reached its goal")).toBeVisible();
    await expect(spoken.getByText("1:14")).toBeVisible();
    await expect(spoken.getByLabel("Recording")).toBeVisible();
    await expect(spoken.getByText("Yes, please do.")).toBeVisible();
    await spoken.getByRole("button", { name: /^Transcript/ }).click();
    await expect(spoken.getByText("Yes, please do.")).toBeHidden();
    const missed = transcript(page).getByRole("article", { name: /^Outgoing call/ });
    await expect(missed.getByText("Not answered")).toBeVisible();
    await expect(missed.getByText("Tell her the parcel number of the tent.")).toBeVisible();
    await expect(missed.getByText("Nobody answered.")).toBeVisible();
  });

  test("shows also the oldest of many calls, when its reader scrolls up to it", async ({ page }) => {
    inbox.phone.install(conversation);
    inbox.phone.miss(conversation, 130);
    await page.goto(`${inbox.url}/inbox/${conversation}?view=mine`);
    const calls = transcript(page).getByRole("article", { name: /call/ });
    await expect(transcript(page).getByText("Missed no. 130", { exact: true })).toBeVisible();
    await expect(transcript(page).getByText("Missed no. 1", { exact: true })).toHaveCount(0);
    await transcript(page).hover();
    await expect(async () => {
      await page.mouse.wheel(0, -20_000);
      await expect(calls).toHaveCount(132, { timeout: 500 });
    }).toPass();
    await expect(transcript(page).getByText("Missed no. 1", { exact: true })).toBeVisible();
  });

  test("follows a call while it goes on, in the list and above the conversation", async ({ page }) => {
    await visit(page);
    const row = page.locator(`[data-conversation="${conversation}"]`);
    const call = inbox.phone.move(conversation, { status: "ringing" }, "initiated");
    await expect(row.getByText("Calling in")).toBeAttached();
    inbox.phone.move(conversation, { id: call.id, status: "in_progress" }, "progress");
    await expect(row.getByText("On the phone with Nori")).toBeAttached();
    await expect(page.locator("header").getByText("On the phone with Nori").first()).toBeAttached();
    inbox.phone.move(conversation, { id: call.id, status: "completed", durationSeconds: 5 }, "ended");
    await expect(page.getByText("On the phone with Nori")).toHaveCount(0);
  });

  test("has the assistant call the customer, once it is known what for", async ({ page }) => {
    await visit(page);
    aiAnswers();
    await page.getByRole("button", { name: "Call Noah Johansson" }).click();
    await expect(page.getByRole("button", { name: "Call now" })).toBeDisabled();
    await page.getByLabel("What is the call about?").fill("The tent is ready.");
    await page.getByRole("button", { name: "Call now" }).click();
    await expect(transcript(page).getByText("The tent is ready.")).toBeVisible();
    const asked = inbox.calls.find(({ path }) => path === "/api/conversations/outbound-call");
    expect(asked?.body).toMatchObject({ conversationId: conversation, context: "The tent is ready." });
  });

  test("says why a call cannot be made, and what can be done about it", async ({ page }) => {
    await visit(page);
    await page.getByRole("button", { name: "Call Noah Johansson" }).click();
    await expect(page.getByText("You have this conversation")).toBeVisible();
    aiAnswers();
    await expect(page.getByText("You have this conversation")).toBeHidden();
    inbox.phone.faults.refuseCall = { reason: "consent", message: "They have not agreed to be called." };
    await page.getByLabel("What is the call about?").fill("The tent is ready.");
    await page.getByRole("button", { name: "Call now" }).click();
    await expect(page.getByText("They have not agreed to be called.")).toBeVisible();
    await page.getByRole("button", { name: "They have agreed to be called" }).click();
    await expect(page.getByText("The call cannot be made")).toBeHidden();
    await page.keyboard.press("Escape");
    await expect(page.getByText("Agreed to be called", { exact: true })).toBeVisible();
  });

  test("keeps what operators learn of a lead", async ({ page }) => {
    await visit(page);
    await page.getByRole("combobox", { name: "Status" }).click();
    await page.getByRole("option", { name: "Customer" }).click();
    await expect(page.getByRole("combobox", { name: "Status" })).toContainText("Customer");
    const { body } = inbox.calls.find(({ method }) => method === "PATCH") ?? {};
    expect(body).toEqual({ status: "customer" });
  });

  test("says that a customer wants no more texts, and counts what a text costs", async ({ page }) => {
    await visit(page, { optedOutAt: new Date(Date.now() - 86_400_000).toISOString() });
    await expect(page.getByText("Noah Johansson has sent STOP.")).toBeVisible();
    await page.getByLabel(/^Reply to/).fill("x".repeat(126));
    await expect(page.getByText("1 SMS · 34 left")).toBeVisible();
    await page.getByLabel(/^Reply to/).fill("✓".repeat(71));
    await expect(page.getByText("2 SMS · 63 left")).toBeVisible();
  });

  test("has nothing for axe to find, light and dark", async ({ page }) => {
    await visit(page, { optedOutAt: new Date().toISOString() });
    inbox.phone.move(conversation, { status: "in_progress" }, "initiated");
    await expect(transcript(page).getByText("On the phone with Nori")).toBeVisible();
    expect(await axeInBoth(page)).toEqual([]);
    await page.getByRole("button", { name: "Call Noah Johansson" }).click();
    expect(await axeInBoth(page)).toEqual([]);
  });
});

test.describe("the practice phone", () => {
  let fake: FakePractice;
  test.beforeEach(async () => {
    fake = await openFakePractice();
  });
  test.afterEach(() => fake.close());

  const phone = (page: Page) => page.getByRole("region", { name: "The customer's phone" });
  const log = (page: Page) => page.getByRole("list", { name: "Events" });

  async function setUp(page: Page) {
    await page.goto(`${fake.url}/demo/telephony`);
    await page.getByRole("button", { name: "Set up a practice phone line" }).click();
  }

  async function text(page: Page, words: string) {
    await phone(page).getByLabel("Text message").fill(words);
    await page.keyboard.press("Enter");
    await expect(log(page).getByText(words)).toBeVisible();
  }

  test("sends a text and shows the answer, and both as they came", async ({ page }) => {
    await setUp(page);
    await text(page, "How long can I return a tent?");
    await expect(phone(page).getByText("You have 60 days to return anything.")).toBeVisible();
    await expect(log(page).getByText("sms_received")).toBeVisible();
    await expect(log(page).getByText("delivery")).toBeHidden();
    await page.getByRole("button", { name: "Every entry" }).click();
    await expect(log(page).getByText("delivery")).toBeVisible();
  });

  test("calls, speaks and hangs up, and shows what the voice agent knew and what is kept", async ({
    page,
  }) => {
    await setUp(page);
    await phone(page).getByRole("button", { name: "Phone", exact: true }).click();
    await phone(page).getByRole("button", { name: "Call", exact: true }).click();
    await expect(phone(page).getByText("Hello, this is Nori. How can I help?")).toBeVisible();
    await expect(page.getByText("has_conversation_history")).toBeVisible();
    await phone(page).getByLabel("Say something").fill("How long can I return a tent?");
    await page.keyboard.press("Enter");
    await expect(phone(page).getByText("You have 60 days.")).toBeVisible();
    await expect(log(page).getByText("call_initiated")).toBeVisible();
    await phone(page).getByRole("button", { name: "Hang up" }).click();
    await expect(log(page).getByText("call_ended")).toBeVisible();
    await expect(page.getByText("asked how long a tent can be returned")).toBeVisible();
    const { body } = fake.asked.find(({ path }) => path.endsWith("/end")) ?? {};
    expect(body).toMatchObject({
      how: "completed",
      turns: [{ author: "agent" }, { author: "customer" }, { author: "agent" }],
    });
  });

  test("hands over what was said in a call, also when the server starts anew at its end", async ({
    page,
  }) => {
    await setUp(page);
    await phone(page).getByRole("button", { name: "Phone", exact: true }).click();
    await phone(page).getByRole("button", { name: "Call", exact: true }).click();
    await expect(phone(page).getByLabel("Say something")).toBeVisible();
    fake.faults.endsLost = 2;
    await phone(page).getByRole("button", { name: "Hang up" }).click();
    await expect(log(page).getByText("call_ended")).toBeVisible({ timeout: 10_000 });
    await expect(phone(page).getByRole("button", { name: "Call", exact: true })).toBeVisible();
  });

  test("lets a person join, write and leave", async ({ page }) => {
    await setUp(page);
    await text(page, "Hello");
    await page.getByRole("button", { name: "Join" }).click();
    await expect(page.getByText("Maya Lindqvist has it. The AI is silent.")).toBeVisible();
    await page.getByLabel("Write as a person").fill("Maya here.");
    await page.keyboard.press("Enter");
    await expect(phone(page).getByText("Maya here.")).toBeVisible();
    await page.getByRole("button", { name: "Leave" }).click();
    await expect(page.getByText("The AI answers.")).toBeVisible();
    for (const name of ["human_control_started", "human_message_sent", "human_control_ended"])
      await expect(log(page).getByText(name)).toBeVisible();
  });

  test("rings when the assistant calls, once the customer may be called", async ({ page }) => {
    await setUp(page);
    await text(page, "Hello");
    fake.faults.refuseCall = { reason: "consent", message: "They have not agreed to be called." };
    await page.getByLabel("What the call is about").fill("Your tent is repaired.");
    await page.keyboard.press("Enter");
    await expect(page.getByText("They have not agreed to be called.")).toBeVisible();
    await page.getByRole("button", { name: "They have agreed to be called" }).click();
    await page.getByLabel("What the call is about").press("Enter");
    await phone(page).getByRole("button", { name: "Decline" }).click();
    await expect(log(page).getByText("Outgoing call, Busy")).toBeVisible();
    await page.getByLabel("What the call is about").fill("Your tent is repaired.");
    await page.keyboard.press("Enter");
    await phone(page).getByRole("button", { name: "Answer" }).click();
    await expect(phone(page).getByText("Hello, this is Nori. Your tent is repaired.")).toBeVisible();
    await phone(page).getByRole("button", { name: "Hang up" }).click();
    await expect(phone(page).getByLabel("Text message")).toBeVisible();
  });

  test("says where it can be tried, in a company of its own", async ({ page }) => {
    await page.goto(`${fake.url}/elsewhere`);
    await expect(page.getByText("The practice phone belongs to the demo company")).toBeVisible();
  });

  test("lays down when customers may be called, and lists calls without one", async ({ page }) => {
    await page.goto(`${fake.url}/settings/calls`);
    await page.getByLabel("Calls a day").fill("20");
    await page.getByRole("switch", { name: "Only customers who have agreed" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("All changes saved")).toBeVisible();
    const { body } = fake.asked.find(({ path }) => path.endsWith("call-policy")) ?? {};
    expect(body).toMatchObject({ dailyCalls: 20, consentRequired: false, quiet: { on: true } });
    await page.getByText("What was said").click();
    await expect(page.getByText("Hello? Is anybody there?")).toBeVisible();
  });

  test("lists the leads, finds them by number and changes their status", async ({ page }) => {
    await setUp(page);
    await text(page, "Hello");
    await page.goto(`${fake.url}/leads`);
    await page.getByLabel("Find a lead").fill("0101");
    await expect(page.getByRole("link", { name: "+1 (206) 555-0101" })).toHaveAttribute("href", /^\/inbox\//);
    await page.getByRole("combobox", { name: "Status of +1 (206) 555-0101" }).click();
    await page.getByRole("option", { name: "Qualified" }).click();
    await expect
      .poll(() => fake.asked.find(({ path }) => path.startsWith("/api/agent/leads/"))?.body)
      .toEqual({ status: "qualified" });
    expect(await axeFindings(page)).toEqual([]);

    await page.setViewportSize({ width: 390, height: 844 });
    const isCut = (link: Element) => {
      const line = link.parentElement ?? link;
      return line.scrollWidth > line.clientWidth;
    };
    expect(await page.getByRole("link", { name: "+1 (206) 555-0101" }).evaluate(isCut)).toBe(false);
  });

  test("has nothing for axe to find, light and dark", async ({ page }) => {
    await setUp(page);
    await text(page, "Hello");
    expect(await axeInBoth(page)).toEqual([]);
    await phone(page).getByRole("button", { name: "Phone", exact: true }).click();
    await phone(page).getByRole("button", { name: "Call", exact: true }).click();
    await expect(phone(page).getByLabel("Say something")).toBeVisible();
    expect(await axeInBoth(page)).toEqual([]);
    await page.goto(`${fake.url}/settings/calls`);
    await expect(page.getByLabel("Calls a day")).toBeVisible();
    expect(await axeInBoth(page)).toEqual([]);
  });
});
