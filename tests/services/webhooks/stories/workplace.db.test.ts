import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ChannelStage, logOf, openChannelStage, post } from "#support/channel-stage";
import { beginStory, tellStory } from "#support/channel-story";
import { type FakeSlack, startFakeSlack } from "#support/fake-slack";
import { type FakeTeams, newActivityId, startFakeTeams } from "#support/fake-teams";
import { aSlackCustomer, newStamp, slackCommand, slackEvent, slackSettings } from "./slack-customer.ts";
import { account, aTeamsCustomer } from "./teams-customer.ts";

let slack: FakeSlack;
let teams: FakeTeams;
let stage: ChannelStage;
beforeAll(async () => {
  [slack, teams] = await Promise.all([startFakeSlack(), startFakeTeams(account)]);
  stage = await openChannelStage({
    // Production takes Microsoft's own addresses alone.
    NODE_ENV: "test",
    SLACK_API_URL: `${slack.origin}/api`,
    TEAMS_LOGIN_BASE_URL: teams.url,
    TEAMS_OPENID_METADATA_URL: `${teams.url}/openid`,
  });
});
afterAll(async () => {
  await stage.close();
  await Promise.all([slack.close(), teams.close()]);
});

async function onSlack(channel: string, options: { teamId?: string; thread?: string } = {}) {
  const customer = aSlackCustomer(slack, channel, options);
  return { customer, story: await beginStory(stage, "slack", slackSettings(options.teamId), () => customer) };
}

async function onTeams(conversation: string, options: { tenantId?: string; kind?: string } = {}) {
  const customer = aTeamsCustomer(teams, conversation, options);
  const settings = { ...account, tenantId: options.tenantId ?? account.tenantId };
  return { customer, story: await beginStory(stage, "teams", settings, () => customer) };
}

const remarks = [
  "The customer changed this message to: How can I pay now?",
  "The customer reacted with",
  "The customer took back a reaction.",
  "The customer took this message back.",
];

describe.concurrent("a customer on Slack", { timeout: 60_000 }, () => {
  it("is answered by the assistant, served by a person, and handed back", async () => {
    const { story } = await onSlack("D0STORY0001");
    await tellStory(story, (words) => `*${words}*`);
  });

  it("is answered once in the thread of a channel, where a mention is told twice", async () => {
    const thread = newStamp();
    const channel = "C0STORY0002";
    const { customer, story } = await onSlack(channel, { thread });
    const text = "<@U0BOT000001> How can I pay?";
    story.written.push("How can I pay?");
    const mention = { user: "U0CUSTOMER1", channel, ts: thread, text };
    await story.posts(slackEvent({ type: "app_mention", ...mention }));
    await story.posts(slackEvent({ type: "message", channel_type: "channel", ...mention }));
    await story.hears("PayPal");
    // Others talk in the same channel, in a thread that is none of ours.
    const others = { thread_ts: newStamp(), ts: newStamp(), text: "Lunch?" };
    await story.posts(slackEvent({ type: "message", ...mention, channel_type: "channel", ...others }));
    await story.says("I forgot my password");
    await story.hears("Forgot password");

    await story.settled();
    expect(customer.received()).toHaveLength(2);
    await story.countsBothEnds();
    await story.redelivers();
  });

  it("who uses a command and writes to the app then has one conversation, whichever came first", async () => {
    for (const [channel, user, first] of [
      ["D0STORY0011", "U0COMMAND01", "command"],
      ["D0STORY0012", "U0COMMAND02", "talk"],
    ] as const) {
      const { story } = await onSlack(channel);
      slack.channels.add(user);
      const steps = [slackCommand(user, "How can I pay?"), talk(channel, user, "I forgot my password")];
      for (const step of first === "command" ? steps : steps.toReversed()) {
        await story.posts(step);
        await story.settled();
      }
      const log = await logOf(story.shop.companyId);
      expect(new Set(log.map(({ conversationId }) => conversationId)).size).toBe(1);
      expect(log.filter(({ author }) => author === "customer")).toHaveLength(2);
    }
  });

  it("is named as who they are where several speak in one thread", async () => {
    const thread = newStamp();
    const channel = "C0STORY0013";
    const { story } = await onSlack(channel, { thread });
    const says = (user: string, text: string, ts: string) =>
      slackEvent({
        type: "app_mention",
        user,
        channel,
        ts,
        thread_ts: thread,
        text: `<@U0BOT000001> ${text}`,
      });
    await story.posts(says("U0CUSTOMER1", "How can I pay?", thread));
    await story.settled();
    await story.posts(says("U0CUSTOMER2", "And I forgot my password", newStamp()));
    await story.settled();
    const { messages, row } = await story.detail();
    const authors = messages.flatMap(({ author }) => (author.kind === "customer" ? [author] : []));
    expect(authors).toHaveLength(2);
    expect(authors[0]?.id).toBe(row.customer.id);
    expect(authors[1]?.id).not.toBe(row.customer.id);
    expect(authors[1]?.name).not.toBe(authors[0]?.name);
  });

  it("shows operators alone what was reacted to, changed and taken back", async () => {
    const { story } = await onSlack("D0STORY0003");
    const [channel, ts] = ["D0STORY0003", newStamp()];
    const said = { type: "message", user: "U0CUSTOMER1", ts, text: "How can I pay?" };
    story.written.push("How can I pay?");
    await story.posts(slackEvent({ ...said, channel, channel_type: "im" }));
    await story.hears("PayPal");
    const item = { type: "message", channel, ts };
    const reaction = { user: "U0CUSTOMER1", reaction: "tada", item };
    const changes = [
      {
        type: "message",
        subtype: "message_changed",
        message: { ...said, text: "How can I pay now?" },
        previous_message: said,
      },
      { type: "reaction_added", ...reaction },
      { type: "reaction_removed", ...reaction },
      { type: "message", subtype: "message_deleted", deleted_ts: ts, previous_message: said },
    ];
    for (const each of changes) {
      await story.posts(slackEvent({ channel, channel_type: "im", event_ts: newStamp(), ...each }));
    }
    await story.settled();

    expect((await story.remarks()).toSorted()).toEqual(
      remarks.map((words) => expect.stringContaining(words)),
    );
    await story.countsBothEnds();
    await story.redelivers();
  });

  it("of one workspace is never seen by another that has the same app", async () => {
    const ours = await onSlack("D0STORY0004");
    const theirs = await onSlack("D0STORY0005", { teamId: "T0COMPANY02" });
    expect(await post(stage, theirs.story.connection.path, ours.customer.says("Strayed"))).toBe(401);
    await Promise.all([ours.story.says("How can I pay?"), theirs.story.says("I forgot my password")]);
    await Promise.all([ours.story.hears("PayPal"), theirs.story.hears("Forgot password")]);

    await ours.story.countsBothEnds();
    await theirs.story.countsBothEnds();
  });
});

describe.concurrent("a customer on Teams", { timeout: 60_000 }, () => {
  it("is answered by the assistant, served by a person, and handed back", async () => {
    const { story } = await onTeams("a:story");
    await tellStory(story, (words) => `**${words}**`);
    expect(teams.problems).toEqual([]);
  });

  it("is answered in the thread of a channel, and each thread is a conversation", async () => {
    const place = (root: string) => `19:story@thread.tacv2;messageid=${root}`;
    const { customer, story } = await onTeams(place("1700000000001"), { kind: "channel" });
    const other = aTeamsCustomer(teams, place("1700000000002"), { kind: "channel" });
    await story.says("How can I pay?");
    await story.hears("PayPal");
    await story.posts(other.says("I forgot my password"));
    await story.settled();

    expect(customer.received()).toHaveLength(1);
    expect(other.received()).toMatchObject([{ text: expect.stringContaining("Forgot password") }]);
    const log = await logOf(story.shop.companyId);
    expect(new Set(log.map(({ conversationId }) => conversationId)).size).toBe(2);
    await story.redelivers();
  });

  it("shows operators alone what was reacted to, changed and taken back", async () => {
    const { customer, story } = await onTeams("a:remarks");
    const id = newActivityId();
    const said = { id, text: "How can I pay?" };
    story.written.push("How can I pay?");
    await story.posts(customer.deliver(said));
    await story.hears("PayPal");
    const like = [{ type: "like" }];
    const changes = [
      { ...said, type: "messageUpdate", text: "How can I pay now?", channelData: edited("editMessage") },
      { type: "messageReaction", replyToId: id, reactionsAdded: like },
      { type: "messageReaction", replyToId: id, reactionsRemoved: like },
      { ...said, type: "messageDelete", text: undefined, channelData: edited("softDeleteMessage") },
    ];
    for (const each of changes) await story.posts(customer.deliver(each));
    await story.settled();

    expect((await story.remarks()).toSorted()).toEqual(
      remarks.map((words) => expect.stringContaining(words)),
    );
    await story.countsBothEnds();
    await story.redelivers();
  });

  it("who removed the bot is not reached, until it is let in again", async () => {
    const { customer, story } = await onTeams("a:removed");
    await story.says("How can I pay?");
    await story.hears("PayPal");
    await story.asOperator("take-over");
    await story.settled();
    await story.posts(customer.deliver({ type: "installationUpdate", action: "remove" }));
    await story.settled();
    const late = await story.replies("Are you there?");
    expect(await story.delivered(late, "failed")).toMatchObject({
      words: "The customer has blocked us there.",
    });
    await story.posts(customer.deliver({ type: "installationUpdate", action: "add" }));
    await story.settled();
    await story.asOperator(`messages/${late}/retry`);

    await story.delivered(late, "sent");
    await story.countsBothEnds();
  });

  it("of one organisation is never seen by another that has the same app", async () => {
    const tenantId = "66666666-7777-4888-8999-aaaaaaaaaaaa";
    teams.tenants.push(tenantId);
    const ours = await onTeams("a:ours");
    const theirs = await onTeams("a:theirs", { tenantId });
    expect(await post(stage, theirs.story.connection.path, await ours.customer.says("Strayed"))).toBe(401);
    await Promise.all([ours.story.says("How can I pay?"), theirs.story.says("I forgot my password")]);
    await Promise.all([ours.story.hears("PayPal"), theirs.story.hears("Forgot password")]);

    await ours.story.countsBothEnds();
    await theirs.story.countsBothEnds();
  });
});

function edited(eventType: string) {
  return { tenant: { id: account.tenantId }, eventType };
}

function talk(channel: string, user: string, text: string) {
  return slackEvent({ type: "message", user, channel, channel_type: "im", ts: newStamp(), text });
}
