/** The bodies that Slack posts besides events; how they travel follows from them. */
export type SlackForm = { form: Record<string, string> };

/** Ids that all payloads share. */
export const team = "T0COMPANY01";
export const bot = "U0BOT000001";
export const ada = "U0CUSTOMER1";
export const ts = "1700000000.000100";
export const at = new Date(1_700_000_000_000);

/** An event in its envelope, as docs.slack.dev, "The Events API" shows it. */
export function envelope(event: Record<string, unknown>, around: Record<string, unknown> = {}) {
  return {
    token: "deprecated",
    team_id: team,
    context_team_id: team,
    api_app_id: "A0APP000001",
    event,
    type: "event_callback",
    event_id: `Ev${event.ts ?? event.event_ts ?? "0001"}`,
    event_time: 1_700_000_000,
    authorizations: [{ enterprise_id: null, team_id: team, user_id: bot, is_bot: true }],
    is_ext_shared_channel: false,
    ...around,
  };
}

/** A message of a direct talk. */
export function direct(event: Record<string, unknown>) {
  return envelope({ type: "message", user: ada, ts, channel: "D0DIRECT001", channel_type: "im", ...event });
}

/** A message of a public channel. */
export function inChannel(event: Record<string, unknown>) {
  return envelope({
    type: "message",
    user: ada,
    ts,
    channel: "C0GENERAL01",
    channel_type: "channel",
    ...event,
  });
}

/** What Slack makes of words as they were typed ("Formatting message text"). */
function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A direct message that says `words`. */
export function text(words: string, stamp = ts) {
  return direct({ text: escaped(words), ts: stamp, client_msg_id: "a5a11822-d14e-4621-992b-32d561648aa0" });
}

/** A press on something under a message of ours ("block_actions payload"). */
export function press(action: Record<string, unknown>, around: Record<string, unknown> = {}): SlackForm {
  const payload = {
    type: "block_actions",
    user: { id: ada, username: "ada", team_id: team },
    api_app_id: "A0APP000001",
    team: { id: team, domain: "acme" },
    channel: { id: "C0GENERAL01", name: "general" },
    container: { type: "message", message_ts: "1700000001.000100", channel_id: "C0GENERAL01" },
    message: {
      type: "message",
      bot_id: "B0BOT000001",
      ts: "1700000001.000100",
      thread_ts: ts,
      text: "Which?",
    },
    response_url: "https://hooks.slack.com/actions/T0COMPANY01/1/secret",
    trigger_id: "13345224609.738474920.8088930838d88f008e0",
    actions: [{ action_id: "choice-1", block_id: "b1", action_ts: "1700000002.000100", ...action }],
    ...around,
  };
  return { form: { payload: JSON.stringify(payload) } };
}

/** A slash command ("Slash commands"). */
export function command(fields: Record<string, string> = {}): SlackForm {
  return {
    form: {
      token: "deprecated",
      team_id: team,
      team_domain: "acme",
      channel_id: "C0GENERAL01",
      channel_name: "general",
      user_id: ada,
      user_name: "ada",
      command: "/support",
      text: "where is my order?",
      api_app_id: "A0APP000001",
      is_enterprise_install: "false",
      response_url: "https://hooks.slack.com/commands/1234/5678",
      trigger_id: "13345224609.738474920.8088930838d88f008e0",
      ...fields,
    },
  };
}

/** The first message of a channel's thread. */
export const id = `C0GENERAL01:${ts}`;
/** The conversation that it began. */
export const inThread = { key: id, kind: "group", address: { channel: "C0GENERAL01", threadTs: ts } };
