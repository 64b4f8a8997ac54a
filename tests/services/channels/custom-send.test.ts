import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { custom } from "#channels/custom/channel";
import { type Outgoing, outsideOf } from "#services/channels";
import { type FakeReceiver, startFakeReceiver } from "#support/fake-receiver";

const secret = `whsec_${Buffer.from("s".repeat(32)).toString("base64")}`;
const previousSecret = `whsec_${Buffer.from("p".repeat(32)).toString("base64")}`;

let receiver: FakeReceiver;
beforeAll(async () => {
  receiver = await startFakeReceiver(secret);
});
afterAll(() => receiver.close());
afterEach(() => vi.restoreAllMocks());

let keys = 0;

function outgoing(parts: Partial<Outgoing> = {}): Outgoing {
  keys += 1;
  return {
    key: `part-${keys}`,
    thread: {
      key: "ticket-42",
      kind: "direct",
      address: { conversation: "ticket-42", recipient: "user-7" },
    },
    author: "agent",
    content: { type: "text", text: "**Hello** Zoë 👋", plain: "Hello Zoë 👋" },
    lastCustomerAt: undefined,
    ...parts,
  };
}

const outside = () => ({ ...outsideOf(), privateHosts: [receiver.host] });
const settings = (changed: Record<string, string> = {}) => ({ endpoint: receiver.url, secret, ...changed });
const sending = (part = outgoing(), changed: Record<string, string> = {}) =>
  custom.send(part, settings(changed), outside());

describe("a message to a custom webhook", () => {
  it("arrives signed, with all that the other side needs to place it", async () => {
    const part = outgoing({ author: "operator", replyToId: "m-1" });

    const sent = await sending(part);

    expect(sent).toEqual({ externalId: part.key });
    expect(receiver.taken.get(part.key)).toMatchObject({
      type: "message.sent",
      data: {
        id: part.key,
        conversation: "ticket-42",
        recipient: { id: "user-7" },
        author: "operator",
        content: "**Hello** Zoë 👋",
        contentType: "text",
        inReplyTo: "m-1",
      },
    });
  });

  it("names a file by its address", async () => {
    const part = outgoing({
      content: {
        type: "file",
        kind: "document",
        name: "bill.pdf",
        mediaType: "application/pdf",
        bytes: Buffer.from("12345"),
        url: "https://help.example.com/files/1?signature=x",
        caption: "Your bill",
      },
    });

    await sending(part);

    expect(receiver.taken.get(part.key)?.data).toMatchObject({
      content: "Your bill",
      contentType: "document",
      attachments: [
        {
          url: "https://help.example.com/files/1?signature=x",
          name: "bill.pdf",
          mimeType: "application/pdf",
          type: "document",
          size: 5,
        },
      ],
    });
  });

  it.each([
    ['{"id":"their-9"}', "their-9"],
    ['{"id":17,"ok":true}', "17"],
  ])("is known by the id of the answer %s", async (body, externalId) => {
    receiver.play({ is: "answer", status: 201, body });

    expect(await sending()).toEqual({ externalId });
  });

  it.each(["", "OK", "null", '{"id":""}', '{"id":{"x":1}}', "{"])(
    "is known by its own id if the answer is %j",
    async (body) => {
      const part = outgoing();
      receiver.play({ is: "answer", status: 200, body });

      expect(await sending(part)).toEqual({ externalId: part.key });
    },
  );

  it("is signed with both secrets while they change, so that either side may go first", async () => {
    const part = outgoing();

    await sending(part, { secret: previousSecret, previousSecret: secret });

    expect(receiver.taken.get(part.key)?.signatures).toHaveLength(2);
  });

  it("is taken once, however often it is tried", async () => {
    const part = outgoing();
    const before = receiver.taken.size;
    receiver.play({ is: "cut" });

    await expect(sending(part)).rejects.toMatchObject({ kind: "passing" });
    await sending(part);

    expect(receiver.taken.size - before).toBe(1);
    expect(receiver.tries.filter(({ id }) => id === part.key)).toHaveLength(2);
  });
});

describe("a message that a custom webhook does not take", () => {
  it.each([
    [400, "permanent"],
    [401, "permanent"],
    [404, "permanent"],
    [409, "permanent"],
    [410, "revoked"],
    [429, "passing"],
    [500, "passing"],
    [502, "passing"],
    [503, "passing"],
  ])("fails with %i as %s", async (status, kind) => {
    receiver.play({ is: "answer", status, body: '{"id":"no"}' });

    await expect(sending()).rejects.toMatchObject({ name: "DeliveryFailure", kind, code: `http_${status}` });
  });

  it("says that the receiver disabled the endpoint", async () => {
    receiver.play({ is: "answer", status: 410 });

    await expect(sending()).rejects.toThrow("disabled by the receiver");
  });

  it.each([
    [429, "17", 17],
    [503, "120", 120],
    [503, "Fri, 20 Nov 2026 10:01:30 GMT", 90],
    [503, "Fri, 20 Nov 2026 09:00:00 GMT", 0],
    [503, "soon", undefined],
  ])("waits as %i asks with %j", async (status, header, retryAfter) => {
    const now = new Date("2026-11-20T10:00:00Z");
    vi.spyOn(Date, "now").mockReturnValue(now.getTime());
    receiver.play({ is: "answer", status, headers: { "retry-after": header } });

    const failure = custom.send(outgoing(), settings(), { ...outside(), now: () => now });

    await expect(failure).rejects.toMatchObject({ kind: "passing", retryAfter });
  });

  it.each([301, 302, 307, 308])("is not sent on after a redirect with %i", async (status) => {
    const part = outgoing();
    receiver.play({ is: "answer", status, headers: { location: `http://${receiver.host}/baton` } });

    await expect(sending(part)).rejects.toMatchObject({ kind: "permanent" });

    expect(receiver.tries.filter(({ id }) => id === part.key)).toHaveLength(1);
  });

  it("may be tried again when no answer came in time", async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    vi.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout(50));
    receiver.play({ is: "late", ms: 2_000 });

    await expect(sending()).rejects.toMatchObject({ kind: "passing", code: "timeout" });
  });

  it("may be tried again when nobody listens", async () => {
    const closed = await startFakeReceiver(secret);
    await closed.close();
    const away = { ...outside(), privateHosts: [closed.host] };

    const failure = custom.send(outgoing(), settings({ endpoint: closed.url }), away);

    await expect(failure).rejects.toMatchObject({ kind: "passing", code: "unreachable" });
  });

  it("fails for good where it was signed with another secret", async () => {
    await expect(sending(outgoing(), { secret: previousSecret })).rejects.toMatchObject({
      kind: "permanent",
    });
  });

  it("fails for good if it is a template, before anything is sent", async () => {
    const part = outgoing({ content: { type: "template", name: "hello", language: "en", values: [] } });

    await expect(sending(part)).rejects.toMatchObject({ kind: "permanent", code: "no_templates" });
  });

  it("tells neither secret nor words", async () => {
    receiver.play({ is: "answer", status: 400, body: `no: ${secret}` });

    const failure = await sending().catch((error: unknown) => error);

    expect(JSON.stringify(failure) + String(failure)).not.toMatch(/whsec|Hello|user-7/);
  });
});

describe("the check of a custom webhook", () => {
  it("proves the endpoint with a signed ping", async () => {
    const report = await custom.check(settings(), outside());

    expect(report).toMatchObject({ ok: true, account: receiver.host, lines: [{ ok: true }] });
    expect(receiver.tries.at(-1)?.type).toBe("ping");
  });

  it("reminds of a previous secret that is still accepted", async () => {
    const report = await custom.check(settings({ previousSecret }), outside());

    expect(report).toMatchObject({
      ok: true,
      lines: [{ ok: true }, { text: expect.stringMatching(/previous/) }],
    });
  });

  it("tells in words what is wrong", async () => {
    const report = await custom.check(settings({ secret: previousSecret }), outside());

    expect(report).toMatchObject({
      ok: false,
      lines: [{ ok: false, text: "The endpoint refused the message (400)." }],
    });
  });
});
