import { createHmac } from "node:crypto";
import type { Customer, Delivery, Part } from "#support/channel-story";
import type { FakeSlack } from "#support/fake-slack";

const signingSecret = "8f742231b10e8888abcd99yyyzzz85a5";
/** The bot of the fake's own account. */
const bot = "U0BOT000001";

/** The settings of a workspace, of which several may have the same app. */
export function slackSettings(teamId = "T0COMPANY01") {
  return { signingSecret, botToken: "xoxb-fake-token", teamId, botUserId: bot };
}

/** An event of a workspace, as Slack posts and signs it. */
export function slackEvent(event: Record<string, unknown>, teamId = "T0COMPANY01"): Delivery {
  const body = {
    type: "event_callback",
    team_id: teamId,
    api_app_id: "A0APP000001",
    event_id: `Ev${crypto.randomUUID()}`,
    event_time: Math.floor(Date.now() / 1_000),
    authorizations: [{ team_id: teamId, user_id: bot, is_bot: true }],
    event,
  };
  return signed(JSON.stringify(body), "application/json");
}

/** A slash command, as Slack posts and signs it from wherever it was typed. */
export function slackCommand(user: string, text: string, teamId = "T0COMPANY01"): Delivery {
  const form = new URLSearchParams({
    command: "/help",
    text,
    team_id: teamId,
    api_app_id: "A0APP000001",
    user_id: user,
    channel_id: "C0ELSEWHERE",
    trigger_id: crypto.randomUUID(),
  });
  return signed(form.toString(), "application/x-www-form-urlencoded");
}

let stamps = 0;

/** The `ts` of a new message. */
export function newStamp(): string {
  stamps += 1;
  return `${Math.floor(Date.now() / 1_000)}.${String(stamps).padStart(6, "0")}`;
}

/** Somebody in their direct talk with the app, or with `thread` in the thread of a channel. */
export function aSlackCustomer(
  fake: FakeSlack,
  channel: string,
  { teamId = "T0COMPANY01", thread }: { teamId?: string; thread?: string } = {},
) {
  fake.channels.add(channel);
  const user = "U0CUSTOMER1";
  const place = { user, channel, channel_type: thread === undefined ? "im" : "channel" };
  const message = (fields: Record<string, unknown>) => {
    const ts = newStamp();
    const within = thread === undefined || thread === fields.ts ? {} : { thread_ts: thread };
    return slackEvent({ type: "message", ...place, ts, ...within, ...fields }, teamId);
  };
  return {
    message,
    says: (text) => message({ text }),
    presses(title, { id }) {
      const press = { action_id: "choice-1", block_id: "b1", action_ts: newStamp(), value: title };
      const payload = {
        type: "block_actions",
        user: { id: user, team_id: teamId },
        team: { id: teamId },
        api_app_id: "A0APP000001",
        channel: { id: channel },
        container: { type: "message", message_ts: id },
        message: { ts: id, ...(thread && { thread_ts: thread }) },
        trigger_id: crypto.randomUUID(),
        actions: [{ ...press, type: "button", text: { type: "plain_text", text: title } }],
      };
      const form = new URLSearchParams({ payload: JSON.stringify(payload) });
      return signed(form.toString(), "application/x-www-form-urlencoded");
    },
    shows(picture, text) {
      const id = `F${crypto.randomUUID()}`;
      fake.files.set(id, { name: "it.png", mediaType: "image/png", bytes: picture });
      const url_private = `${fake.origin}/file/${id}`;
      const file = {
        id,
        name: "it.png",
        mimetype: "image/png",
        size: picture.length,
        mode: "hosted",
        url_private,
      };
      return message({ subtype: "file_share", text, files: [file] });
    },
    received: () =>
      fake.calls.flatMap<Part>(({ method, fields, answer }) => {
        const isHere = (fields.channel ?? fields.channel_id) === channel && fields.thread_ts === thread;
        if (!isHere || answer?.ok !== true) return [];
        if (method === "files.completeUploadExternal") return [{ id: "", text: "", buttons: [], file: true }];
        if (method !== "chat.postMessage") return [];
        const { text = "", blocks } = fields;
        return [{ id: String(answer.ts), text, buttons: titlesOf(blocks), file: false }];
      }),
  } satisfies Customer & Record<string, unknown>;
}

function signed(body: string, contentType: string): Delivery {
  const seconds = String(Math.floor(Date.now() / 1_000));
  const hash = createHmac("sha256", signingSecret).update(`v0:${seconds}:${body}`).digest("hex");
  return {
    headers: {
      "content-type": contentType,
      "x-slack-request-timestamp": seconds,
      "x-slack-signature": `v0=${hash}`,
    },
    body,
  };
}

function titlesOf(blocks = "[]"): string[] {
  const all: { elements?: { text: { text: string } }[] }[] = JSON.parse(blocks);
  return all.flatMap(({ elements = [] }) => elements.map(({ text }) => text.text));
}
