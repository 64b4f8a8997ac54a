import { type Browser, expect, type FrameLocator, type Page, test } from "@playwright/test";
import { type RunningBaton, startBaton } from "#support/baton";
import { type ModelServer, startModelServer } from "#support/model-server";

const words =
  "You can return a tent within 60 days of delivery, unused and in its bag [1]. <confidence>0.95</confidence>";

test.use({ contextOptions: { reducedMotion: "no-preference" } });
// Each has a program of its own, and none waits for another.
test.describe.configure({ mode: "parallel" });

type House = { baton: RunningBaton; model: ModelServer | undefined };

// The same route files, answered ahead of Next, and through its own pipeline.
const kinds = ["keyless", "model", "keyless, through Next's own door"] as const;

async function openHouse(kind: (typeof kinds)[number]): Promise<House> {
  if (kind === "keyless") return { baton: await startBaton(), model: undefined };
  if (kind !== "model") return { baton: await startBaton({ LANE: "off" }), model: undefined };
  const model = await startModelServer({ chunks: words.match(/.{1,6}/gs) ?? [], betweenMs: 40 });
  const baton = await startBaton({ OPENAI_BASE_URL: model.url, OPENAI_API_KEY: "none" });
  return { baton, model };
}

async function asCustomer(browser: Browser, { baton }: House): Promise<{ page: Page; chat: FrameLocator }> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${baton.url}/demo`);
  await page.getByRole("button", { name: "Open chat" }).click();
  const chat = page.frameLocator("iframe");
  await expect(chat.getByRole("dialog")).toBeVisible();
  return { page, chat };
}

async function asOperator(browser: Browser, { baton }: House): Promise<Page> {
  const [, link = ""] = /Sign in once with\s+(\S+)/.exec(baton.output()) ?? [];
  const page = await (await browser.newContext({ viewport: { width: 1680, height: 950 } })).newPage();
  await page.goto(link);
  await expect(page).toHaveURL(/\/inbox/);
  return page;
}

async function say(chat: FrameLocator, text: string): Promise<void> {
  const field = chat.getByLabel("Message", { exact: true });
  await field.fill(text);
  await field.press("Enter");
}

const log = (chat: FrameLocator) => chat.getByRole("log", { name: "Conversation" });
const answers = (chat: FrameLocator) => chat.getByRole("article", { name: /AI assistant, \d/ });

for (const kind of kinds) {
  test(`a customer asks, the AI answers, a person takes over and hands back (${kind})`, async ({
    browser,
  }) => {
    test.setTimeout(120_000);
    const house = await openHouse(kind);
    try {
      const { page, chat } = await asCustomer(browser, house);
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));

      await say(chat, "How long do I have to return a tent?");
      if (kind === "model") await expect(chat.getByRole("article", { name: /is answering/ })).toBeVisible();
      await expect(answers(chat)).toHaveCount(1);
      await expect(answers(chat).first()).toContainText(/\d+ days/);
      await expect(chat.getByRole("list", { name: "Sources" }).getByRole("button").first()).toBeVisible();

      await say(chat, "I'd rather talk to a person");
      await chat.getByRole("button", { name: "Connect with customer support" }).click();
      await expect(chat.getByRole("region", { name: "Waiting for a person" })).toBeVisible();

      const inbox = await asOperator(browser, house);
      inbox.on("pageerror", (error) => complaints.push(error.message));
      const row = inbox.locator("[data-conversation]").filter({ hasText: "Visitor" });
      await expect(row).toHaveCount(1);
      await expect(row).toContainText("Waiting for a person");
      await row.click();
      await inbox.getByRole("button", { name: "Accept" }).click();
      await expect(log(chat).getByText(/has joined the conversation/)).toBeVisible();
      await expect(chat.getByRole("region", { name: "Waiting for a person" })).toHaveCount(0);

      const transcript = inbox.getByTestId("transcript");
      const reply = inbox.getByLabel(/^Reply to/);
      await reply.pressSequentially("Hello, this is a person.");
      await expect(chat.getByRole("img", { name: /is typing/ })).toBeVisible();
      await reply.press("Enter");
      await expect(log(chat).getByText("Hello, this is a person.")).toHaveCount(1);
      await chat.getByLabel("Message", { exact: true }).pressSequentially("My tent pole broke");
      await expect(transcript.getByText(/is typing/)).toBeAttached();
      await chat.getByLabel("Message", { exact: true }).press("Enter");
      await expect(transcript.getByText("My tent pole broke")).toHaveCount(1);
      await reply.fill("I am sending you a new pole.");
      await reply.press("Enter");
      await expect(log(chat).getByText("I am sending you a new pole.")).toHaveCount(1);

      await inbox.getByRole("button", { name: "Hand back" }).click();
      await inbox.getByRole("dialog").getByRole("button", { name: /Hand/ }).click();
      await expect(log(chat).getByText(/talking to the assistant again/)).toBeVisible();
      const before = await answers(chat).count();
      await say(chat, "And how long do I have to return a tent?");
      await expect(answers(chat)).toHaveCount(before + 1);
      if (house.model !== undefined) {
        const heard = JSON.stringify(house.model.requests.at(-1)?.messages);
        expect(heard).toContain("I am sending you a new pole.");
        expect(heard).toContain("My tent pole broke");
      }
      // Both see the same words, each once.
      await expect(transcript.getByText("And how long do I have to return a tent?")).toHaveCount(1);

      await inbox.getByRole("button", { name: "Resolve" }).click();
      await expect(log(chat).getByText(/marked as solved/)).toBeVisible();
      expect(complaints).toEqual([]);
    } finally {
      await house.baton.stop();
      await house.model?.close();
    }
  });
}

test("a server killed in the middle of an answer goes on where it was, in the same window", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const model = await startModelServer({
    chunks: Array.from({ length: 120 }, (_, index) => `word${index} `),
    betweenMs: 50,
  });
  const baton = await startBaton({ OPENAI_BASE_URL: model.url, OPENAI_API_KEY: "none" });
  try {
    const { chat } = await asCustomer(browser, { baton, model });
    await say(chat, "Tell me a long story about tents");
    await expect(log(chat).getByText(/word20 /)).toBeVisible();

    await baton.kill();
    await baton.start();

    await expect(answers(chat)).toHaveCount(1, { timeout: 15_000 });
    await expect(chat.getByRole("article", { name: /is answering/ })).toHaveCount(0);
    await expect(log(chat).getByText("Tell me a long story about tents")).toHaveCount(1);
    model.set({ chunks: ["Of course."] });
    await say(chat, "Please go on");
    await expect(answers(chat)).toHaveCount(2, { timeout: 15_000 });
  } finally {
    await baton.stop();
    await model.close();
  }
});
