import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { Incoming } from "#contracts/channel";
import type { Channel, WebhookRequest } from "#services/channels";

/** A delivery as the platform would make it: what its body holds, and what must be read from it. */
export type Payload = {
  name: string;
  body: unknown;
  /** One entry for each thing that is read, in order; each holds what must be found, and may leave out the rest. */
  expects: Record<string, unknown>[];
};

export type Signing = {
  /** When it is signed and received; the kit's own moment where nothing is said. */
  at?: Date;
  /** Signed long before it is received, or after. */
  signedAt?: Date;
  /** Signed with other secrets than the connection's. */
  secretsOf?: Record<string, unknown>;
};

/** What a channel brings to the contract that all of them keep. */
export type ChannelKit<Config extends z.ZodObject> = {
  channel: Channel<Config>;
  config: z.output<Config>;
  /** Secrets that are not this connection's. */
  foreignSecrets: z.output<Config>;
  /** A delivery signed as the platform signs it. */
  request(body: unknown, signing?: Signing): WebhookRequest | Promise<WebhookRequest>;
  outside: Parameters<Channel["verify"]>[2];
  /** At least twelve, of every kind that the platform sends. */
  payloads: Payload[];
  /** A delivery that holds one text of a customer. */
  text(words: string, externalId?: string): unknown;
  /** One delivery of several messages, where the platform does that. */
  many?: Payload;
  /** What we sent ourselves, coming back; it must never be read as a customer's words. */
  ownEcho?: unknown;
  /** A true signature over a delivery for another account of the same platform application. */
  wrongAccount?: unknown;
  /** Whether the platform signs a moment, so that an old delivery can be told from a new one. */
  timed: boolean;
  /** Whether the signature covers the body; a secret in a header or a token does not. */
  signsBody: boolean;
  /** A kind that the platform may come to send one day. */
  unknownKind: unknown;
};

const minutes = (count: number) => new Date(Date.now() + count * 60_000);

/** Runs the contract that every channel keeps (DESIGN §7) on one of them. */
export function keepsTheChannelContract<Config extends z.ZodObject>(kit: ChannelKit<Config>): void {
  const { channel, config, outside } = kit;
  const verified = async (body: unknown, signing?: Signing) =>
    channel.verify(await kit.request(body, signing), config, outside);
  const sampleOf = (words: string, id: string): WebhookRequest => {
    const place = { webhookUrl: "https://help.example.com/api/webhooks/c/a/x/w", now: new Date(), id };
    return channel.sample?.(words, config, place) ?? expect.fail("The channel makes no sample.");
  };
  const parsed = async (body: unknown) => channel.parse(await kit.request(body), config);

  describe(`${channel.label} keeps the contract of channels`, () => {
    it("brings a dozen payloads or more", () => {
      expect(kit.payloads.length).toBeGreaterThanOrEqual(12);
    });

    it("accepts the platform's own signature", async () => {
      expect(await verified(kit.text("Hello"))).toEqual({ ok: true });
    });

    it("refuses what was signed with another secret", async () => {
      const verdict = await verified(kit.text("Hello"), { secretsOf: kit.foreignSecrets });
      expect(verdict).toMatchObject({ ok: false });
    });

    it.runIf(kit.signsBody)("refuses a body that was changed after it was signed", async () => {
      const request = await kit.request(kit.text("Hello"));
      const other = await kit.request(kit.text("Send me the money"));
      const forged = { ...request, rawBody: other.rawBody };
      expect(await channel.verify(forged, config, outside)).toMatchObject({ ok: false });
    });

    it("refuses a delivery without any signature, and an empty one", async () => {
      const request = await kit.request(kit.text("Hello"));
      const contentType = request.headers.get("content-type") ?? "application/json";
      const bare = { ...request, headers: new Headers({ "content-type": contentType }) };
      expect(await channel.verify(bare, config, outside)).toMatchObject({ ok: false });
      const nothing = { ...bare, rawBody: Buffer.alloc(0) };
      expect(await channel.verify(nothing, config, outside)).toMatchObject({ ok: false });
    });

    it.runIf(kit.timed)(
      "refuses what was signed too long ago, and what claims to come from the future",
      async () => {
        const late = await verified(kit.text("Hello"), { signedAt: minutes(-11) });
        expect(late).toMatchObject({ ok: false });
        const early = await verified(kit.text("Hello"), { signedAt: minutes(11) });
        expect(early).toMatchObject({ ok: false });
      },
    );

    it.runIf(kit.wrongAccount !== undefined)("refuses a delivery for another account", async () => {
      expect(await verified(kit.wrongAccount)).toMatchObject({ ok: false, reason: "wrong_account" });
    });

    it.each(kit.payloads)("reads $name", async ({ body, expects }) => {
      const found = await parsed(body);
      for (const each of found) expect(Incoming.safeParse(each).error).toBeUndefined();
      expect(found).toMatchObject(expects);
      expect(found).toHaveLength(expects.length);
    });

    it("reads the same from the same delivery, and names it alike", async () => {
      const request = await kit.request(kit.text("Hello", "twice"));
      expect(channel.parse(request, config)).toEqual(channel.parse(request, config));
      const again = await kit.request(kit.text("Hello", "twice"));
      expect(channel.deliveryId(again)).toBe(channel.deliveryId(request));
      const other = await kit.request(kit.text("Hello", "another"));
      expect(channel.deliveryId(other)).not.toBe(channel.deliveryId(request));
      expect(channel.deliveryId(request).length).toBeLessThanOrEqual(255);
    });

    it.runIf(kit.many !== undefined)("reads several messages of one delivery in their order", async () => {
      const found = await parsed(kit.many?.body);
      expect(found).toMatchObject(kit.many?.expects ?? []);
      expect(found.length).toBeGreaterThan(1);
    });

    it.runIf(kit.ownEcho !== undefined)("does not take its own words for a customer's", async () => {
      const found = await parsed(kit.ownEcho);
      expect(found.filter(({ kind }) => kind === "message")).toEqual([]);
    });

    it("sends nothing where nobody knows to whom", async () => {
      const thread = { key: "nowhere", kind: "direct" as const, address: {} };
      const content = { type: "text" as const, text: "Hello", plain: "Hello" };
      const part = { key: "part-1", thread, author: "operator" as const, content, lastCustomerAt: undefined };
      const sent = channel.send(part, config, outside);
      await expect(sent).rejects.toMatchObject({ kind: "permanent", code: "no_address" });
    });

    it("passes over kinds that it does not know", async () => {
      const found = await parsed(kit.unknownKind);
      expect(found.filter(({ kind }) => kind === "message")).toEqual([]);
    });

    it.each([
      ["four-byte emoji", "👩‍👩‍👧‍👦🏴‍☠️ and 𝒽𝑒𝓁𝓁𝑜"],
      ["right-to-left text", "مرحبا، أين طلبي؟ \u202Bשלום\u202C"],
      ["a very long text", "word ".repeat(700).trim()],
      ["markup", "<b>not bold</b> & *stars* _lines_ `code` <!channel>"],
    ])("keeps %s as it was written", async (_, words) => {
      const [found] = await parsed(kit.text(words));
      expect(found).toMatchObject({ kind: "message", content: words, contentType: "text" });
    });

    it("keeps what our database cannot hold as a sign in its place", async () => {
      const [found] = await parsed(kit.text("a\u0000b\ud83d"));
      expect(found).toMatchObject({ content: "a\ufffdb\ufffd" });
    });

    it("takes ids of any look", async () => {
      const id = "9".repeat(60);
      const [found] = await parsed(kit.text("Hello", id));
      expect(found?.kind).toBe("message");
      expect(found).toHaveProperty("externalId", expect.stringContaining(id));
    });

    it("puts what it cannot read in quarantine instead of losing it, and repeats none of it", async () => {
      const request = await kit.request(kit.text("Hello"));
      const torn = { ...request, rawBody: Buffer.from('{"my card is 4') };
      // A throw is what quarantines a delivery, under its words.
      expect(() => channel.parse(torn, config)).toThrow(/^(?!.*my card)The delivery /);
    });

    it.runIf(channel.sample !== undefined)("accepts and reads a sample of its own", async () => {
      const words = "Is <anybody> & AT&amp;T there? مرحبا 👋";
      const sample = sampleOf(words, "0199a3c4-7b1e-7c5d-9f00-3a5b6c7d8e9f");

      expect(await channel.verify(sample, config, outside)).toEqual({ ok: true });
      const found = channel.parse(sample, config);
      for (const each of found) expect(Incoming.safeParse(each).error).toBeUndefined();
      expect(found).toMatchObject([{ kind: "message", content: words, contentType: "text" }]);
    });

    it.runIf(channel.sample !== undefined)("tells its samples apart, and from others'", async () => {
      const [one, two] = [sampleOf("Hello", "one"), sampleOf("Hello", "two")];

      expect(channel.deliveryId(one)).not.toBe(channel.deliveryId(two));
      const [first] = channel.parse(one, config);
      const [second] = channel.parse(two, config);
      expect(first).not.toMatchObject({ externalId: Object(second).externalId });
      expect(first).toMatchObject({ senderId: Object(second).senderId });
      expect(await channel.verify(one, kit.foreignSecrets, outside)).toMatchObject({ ok: false });
    });

    it("marks its secrets, so that they are encrypted and never shown", () => {
      const marks = Object.values(channel.config.shape as Record<string, z.ZodType>);
      expect(marks.some((schema) => JSON.stringify(schema.meta() ?? {}).includes('"secret":true'))).toBe(
        true,
      );
    });
  });
}
