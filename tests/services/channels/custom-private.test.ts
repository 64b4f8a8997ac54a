import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { custom } from "#channels/custom/channel";
import type { RemoteFile } from "#contracts/channel";
import { type Outgoing, outsideOf } from "#services/channels";
import { resolvingAsEver, resolvingTo } from "#support/fake-names";
import { type FakeReceiver, startFakeReceiver } from "#support/fake-receiver";

const secret = `whsec_${Buffer.from("s".repeat(32)).toString("base64")}`;

let receiver: FakeReceiver;
beforeAll(async () => {
  receiver = await startFakeReceiver(secret);
});
afterAll(() => receiver.close());
afterEach(resolvingAsEver);

const text: Outgoing = {
  key: "part-1",
  thread: { key: "t", kind: "direct", address: { conversation: "t", recipient: "u" } },
  author: "agent",
  content: { type: "text", text: "Hello", plain: "Hello" },
  lastCustomerAt: undefined,
};
const outside = () => ({ ...outsideOf(), privateHosts: [receiver.host] });
const settings = (changed: Record<string, string> = {}) => ({ endpoint: receiver.url, secret, ...changed });
const sending = (changed: Record<string, string>) => custom.send(text, settings(changed), outside());
const stored = (path: string): RemoteFile => ({
  type: "image",
  name: "p.png",
  locator: { url: `http://${receiver.host}${path}` },
});
const fetching = (file: RemoteFile) => custom.download?.(file, settings(), outside());

describe("an address that leads into a private network", () => {
  it.each([
    "https://127.0.0.1/hook",
    "https://169.254.169.254/latest/meta-data",
    "https://[::ffff:10.0.0.1]/hook",
    "https://0x7f.1/hook",
    "https://localhost/hook",
  ])("gets no message: %s", async (endpoint) => {
    await expect(sending({ endpoint })).rejects.toMatchObject({
      kind: "permanent",
      code: "private_address",
    });
  });

  it("gets no message over plain http, unless the administrator named it", async () => {
    const failure = custom.send(text, settings(), { ...outside(), privateHosts: [] });

    await expect(failure).rejects.toMatchObject({ kind: "permanent", code: "insecure" });
  });

  it("gets no message when its name comes to lead there", async () => {
    const resolved = resolvingTo("10.1.2.3");

    const failure = sending({ endpoint: "https://hooks.example.com/" });

    await expect(failure).rejects.toMatchObject({ kind: "permanent", code: "private_address" });
    expect(resolved).toEqual(["hooks.example.com"]);
  });

  it("gives no file", async () => {
    const file: RemoteFile = { type: "image", locator: { url: "https://10.0.0.5/a.png" } };

    await expect(fetching(file)).rejects.toMatchObject({ kind: "permanent", code: "private_address" });
  });

  it("gives no file after a redirect", async () => {
    const other = await startFakeReceiver(secret);
    other.files.set("/secret", { bytes: Buffer.from("inside") });
    receiver.files.set("/lure", { status: 302, headers: { location: `http://${other.host}/secret` } });

    await expect(fetching(stored("/lure"))).rejects.toMatchObject({ code: "private_address" });

    expect(other.asked).toEqual([]);
    await other.close();
  });
});

describe("a file of a custom webhook", () => {
  it("is fetched from where it lies, also after a redirect on the same host", async () => {
    receiver.files.set("/p.png", { headers: { "content-type": "image/png" }, bytes: Buffer.from("png") });
    receiver.files.set("/moved", { status: 302, headers: { location: "/p.png" } });

    expect(await fetching(stored("/moved"))).toEqual({
      bytes: Buffer.from("png"),
      mediaType: "image/png",
      name: "p.png",
    });
  });

  it("is asked for without any credential", async () => {
    receiver.files.set("/bare", { bytes: Buffer.from("x") });

    await fetching(stored("/bare"));

    const names = Object.keys(receiver.asked.at(-1)?.headers ?? {});
    expect(names.filter((name) => /authorization|cookie|webhook/.test(name))).toEqual([]);
  });

  it("is not fetched beyond its size", async () => {
    receiver.files.set("/large", { bytes: Buffer.alloc(25 * 1024 * 1024 + 1) });

    await expect(fetching(stored("/large"))).rejects.toMatchObject({ kind: "permanent", code: "too_large" });
  });

  it.each([
    [404, "permanent"],
    [403, "permanent"],
    [429, "passing"],
    [503, "passing"],
  ])("fails with %i as %s", async (status, kind) => {
    receiver.files.set("/gone", { status });

    await expect(fetching(stored("/gone"))).rejects.toMatchObject({ kind, code: `http_${status}` });
  });

  it("fails for good without an address", async () => {
    await expect(fetching({ type: "image", locator: {} })).rejects.toMatchObject({ kind: "permanent" });
  });
});
