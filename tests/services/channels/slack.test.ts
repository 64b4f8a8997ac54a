import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { slack } from "#channels/slack/channel";
import { keepsTheChannelContract, type Signing } from "#support/channel-contract";
import { worldWithSlack } from "#support/fake-slack";
import { ownEcho, payloads, unknownKind, wrongAccount } from "./payloads/slack.ts";
import { command, envelope, press, type SlackForm, text } from "./payloads/slack-bodies.ts";

const config = {
  signingSecret: "8f742231b10e8888abcd99yyyzzz85a5",
  botToken: "xoxb-1",
  teamId: "T0COMPANY01",
};
const outside = worldWithSlack("https://slack.com/api");

function isForm(body: unknown): body is SlackForm {
  return typeof body === "object" && body !== null && "form" in body;
}

function sealed(
  raw: string,
  contentType: string,
  { at = new Date(), signedAt, secretsOf = config }: Signing = {},
) {
  const seconds = String(Math.floor((signedAt ?? at).getTime() / 1000));
  const hash = createHmac("sha256", String(secretsOf.signingSecret))
    .update(`v0:${seconds}:${raw}`)
    .digest("hex");
  return {
    method: "POST" as const,
    url: new URL("https://desk.example/hooks/slack/1"),
    headers: new Headers({
      "content-type": contentType,
      "x-slack-request-timestamp": seconds,
      "x-slack-signature": `v0=${hash}`,
    }),
    rawBody: Buffer.from(raw),
    now: at,
  };
}

function request(body: unknown, signing?: Signing) {
  return isForm(body)
    ? sealed(new URLSearchParams(body.form).toString(), "application/x-www-form-urlencoded", signing)
    : sealed(JSON.stringify(body), "application/json", signing);
}

keepsTheChannelContract({
  channel: slack,
  config,
  foreignSecrets: { ...config, signingSecret: "another" },
  request,
  outside,
  payloads,
  text,
  ownEcho,
  wrongAccount,
  signsBody: true,
  timed: true,
  unknownKind,
});

describe("Slack's signature", () => {
  it("accepts the example of Slack's documentation", async () => {
    const raw =
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    const example = sealed(raw, "application/x-www-form-urlencoded", { at: new Date(1_531_420_618_000) });
    const signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    example.headers.set("x-slack-signature", signature);

    const verdict = await slack.verify(example, { ...config, teamId: "T1DC2JH3J" }, outside);

    expect(verdict).toEqual({ ok: true });
  });

  it("refuses a moment in the future, which Bolt's own check lets pass", async () => {
    const early = request(text("Hello"), { signedAt: new Date(Date.now() + 3_600_000) });

    expect(await slack.verify(early, config, outside)).toEqual({ ok: false, reason: "stale" });
  });

  it.each(["", "soon", "-1", "1e9", "0x5f"])("refuses the moment %j", async (moment) => {
    const odd = request(text("Hello"));
    odd.headers.set("x-slack-request-timestamp", moment);

    expect(await slack.verify(odd, config, outside)).toMatchObject({ ok: false });
  });

  it("takes what is signed and still no body of Slack's, to be kept until it can be read", async () => {
    for (const odd of [sealed("{", "application/json"), sealed("{}", "text/xml"), sealed("a=1", "")]) {
      expect(await slack.verify(odd, config, outside)).toEqual({ ok: true });
      expect(() => slack.parse(odd, config)).toThrow();
      expect(slack.acknowledge?.(odd, config)).toMatchObject({ status: 200 });
    }
  });
});

describe("whose delivery it is", () => {
  it.each([
    ["a press in another workspace", press({ type: "button" }, { team: { id: "T0OTHER0001" } })],
    ["a slash command of another workspace", command({ team_id: "T0OTHER0001" })],
    [
      "a press of an organisation-wide app in another workspace",
      press({}, { team: null, user: { id: "U1", team_id: "T0OTHER0001" } }),
    ],
    [
      "an event of another workspace, in a channel that is not shared",
      envelope({ type: "message" }, { team_id: "T0OTHER0001", context_team_id: "T0OTHER0001" }),
    ],
    ["an event that names no workspace", { type: "event_callback", event: { type: "message" } }],
  ])("refuses %s", async (_, body) => {
    const verdict = await slack.verify(request(body), config, outside);

    expect(verdict).toEqual({ ok: false, reason: "wrong_account" });
  });

  it("refuses another app's delivery once the app is known", async () => {
    const verdict = await slack.verify(request(text("Hello")), { ...config, appId: "A0ANOTHER01" }, outside);

    expect(verdict).toEqual({ ok: false, reason: "wrong_account" });
  });

  it("accepts what a person of another workspace says in a channel that both share", async () => {
    const shared = envelope({ type: "message" }, { team_id: "T0PARTNER01", is_ext_shared_channel: true });

    expect(await slack.verify(request(shared), config, outside)).toEqual({ ok: true });
  });
});

describe("Slack's own questions", () => {
  it("answers the look at the certificate without a signature", () => {
    const probe = request({ form: { ssl_check: "1", token: "x" } });
    probe.headers.delete("x-slack-signature");

    expect(slack.handshake?.(probe, config)).toMatchObject({ status: 200 });
    expect(slack.handshake?.(request(command()), config)).toBeUndefined();
    expect(slack.handshake?.(request(text("ssl_check=1")), config)).toBeUndefined();
  });

  it("repeats the challenge of a new address, which says nothing else", async () => {
    const asked = request({
      token: "x",
      challenge: "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P",
      type: "url_verification",
    });

    const reply = slack.acknowledge?.(asked, config);

    expect(JSON.parse(reply?.body ?? "")).toEqual({
      challenge: "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P",
    });
    expect(await slack.verify(asked, config, outside)).toEqual({ ok: true });
    expect(slack.parse(asked, config)).toEqual([]);
  });

  it("repeats no challenge that was signed with another secret", async () => {
    const body = { challenge: "x", type: "url_verification" };
    const forged = request(body, { secretsOf: { signingSecret: "another" } });

    expect(await slack.verify(forged, config, outside)).toEqual({ ok: false, reason: "signature" });
  });

  it("takes the notice that too many events came, which Bolt cannot place", async () => {
    const notice = request({
      token: "x",
      type: "app_rate_limited",
      team_id: config.teamId,
      minute_rate_limited: 1_518_467_820,
      api_app_id: "A0APP000001",
    });

    expect(await slack.verify(notice, config, outside)).toEqual({ ok: true });
    expect(slack.parse(notice, config)).toEqual([]);
    expect(slack.acknowledge?.(notice, config)).toMatchObject({ status: 200, body: "" });
  });

  it.each([
    ["events", text("Hello"), "application/json; charset=utf-8"],
    [
      "interactions",
      press({ text: { type: "plain_text", text: "Yes" } }),
      "Application/X-WWW-Form-Urlencoded;charset=UTF-8",
    ],
    ["slash commands", command(), "application/x-www-form-urlencoded; charset=utf-8"],
  ])("reads %s whose content type names a charset", async (_, body, contentType) => {
    const plain = request(body);
    plain.headers.set("content-type", contentType);

    expect(await slack.verify(plain, config, outside)).toEqual({ ok: true });
    expect(slack.parse(plain, config)).toMatchObject([{ kind: "message" }]);
  });
});

describe("what is kept of a delivery", () => {
  it("knows the bot by its settings where the event does not name it", () => {
    const call = envelope(
      { type: "message", user: "U0CUSTOMER1", text: "<@U0OURS0001|helper> hi", ts: "1.0", channel: "C1" },
      { authorizations: undefined },
    );

    expect(slack.parse(request(call), config)).toEqual([]);
    expect(slack.parse(request(call), { ...config, botUserId: "U0OURS0001" })).toMatchObject([
      { content: "hi" },
    ]);
  });

  it("names a delivery by Slack's own ids, and by its bytes where there is none", () => {
    expect(slack.deliveryId(request(text("a", "1.5")))).toBe("Ev1.5");
    expect(slack.deliveryId(request(command()))).toBe("13345224609.738474920.8088930838d88f008e0");
    const bare = slack.deliveryId(request({ type: "app_rate_limited" }));
    expect(bare).toMatch(/^[0-9a-f]{64}$/);
    expect(slack.deliveryId(request({ type: "app_rate_limited", minute_rate_limited: 1 }))).not.toBe(bare);
  });

  it("says where an event has not Slack's shape, and never what stood there", () => {
    const odd = request(envelope({ type: "message", user: "U1", channel: 7, ts: "1.0", text: "my secret" }));

    expect(() => slack.parse(odd, config)).toThrow("unknown shape at channel.");
  });
});
