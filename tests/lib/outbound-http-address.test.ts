import { afterEach, describe, expect, it } from "vitest";
import { outbound } from "#lib/outbound-http";
import { resolvingAsEver, resolvingTo } from "#support/fake-names";
import { aServer, closeServers, redirect } from "#support/private-server";

afterEach(resolvingAsEver);
afterEach(closeServers);

describe("an address in a private network", () => {
  it.each([
    "http://127.0.0.1/",
    "http://127.8.8.8/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.1.1/",
    "http://0.0.0.0/",
    "http://0.1.2.3/",
    "http://192.0.0.1/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://203.0.113.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
  ])("is refused: %s", refused);

  it.each([
    "http://[::1]/",
    "http://[::]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[fc00::1]/",
    "http://[fd12:3456::1]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::10.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[100::1]/",
  ])("is refused in IPv6: %s", refused);

  it.each([
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://100.100.100.200/latest/meta-data/",
    "https://169.254.169.254/",
  ])("is refused where clouds tell their secrets: %s", refused);

  it.each([
    "http://2130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://0x7f.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.0.0.1./",
    "http://①②⑦.⓪.⓪.①/",
    "http://user:pass@127.0.0.1/",
    "http://example.com@127.0.0.1/",
  ])("is refused however it is spelled: %s", refused);

  it.each(["http", "https"])("is refused behind a name over %s", async (scheme) => {
    const { host, seen } = await aServer();

    const asked = outbound({ url: `${scheme}://localhost:${host.split(":")[1]}/` });

    await expect(asked).rejects.toMatchObject({ code: "private_address", left: false });
    expect(seen).toEqual([]);
  });

  it("is refused behind a name that also leads elsewhere", async () => {
    resolvingTo("93.184.215.14", "10.0.0.1");

    const asked = outbound({ url: "http://both.example/" });

    await expect(asked).rejects.toMatchObject({ code: "private_address", left: false });
  });

  it("is refused by the very lookup that the connection uses, so that no second answer can differ", async () => {
    const names = resolvingTo("::ffff:127.0.0.1");

    const asked = outbound({ url: "https://rebinding.example/" });

    await expect(asked).rejects.toMatchObject({ code: "private_address" });
    expect(names).toEqual(["rebinding.example"]);
  });

  it("may be asked where the administrator named it, at this port alone", async () => {
    const { host, url, seen } = await aServer();
    const other = await aServer();

    const answer = await outbound({ url, privateHosts: [host] });
    const refusal = outbound({ url: other.url, privateHosts: [host] });

    await expect(refusal).rejects.toMatchObject({ code: "private_address" });
    expect(answer.body.toString()).toBe("hello");
    expect([seen.length, other.seen.length]).toEqual([1, 0]);
  });

  async function refused(url: string): Promise<void> {
    const asked = outbound({ url, timeoutMs: 2_000 });

    await expect(asked).rejects.toMatchObject({ code: "private_address", left: false });
  }
});

describe("an address that is none", () => {
  it.each([
    "",
    "example.com",
    "/path",
    "ftp://example.com/",
    "file:///etc/passwd",
    "data:,x",
    "http://",
    "http://[::1",
  ])("is refused: %j", async (url) => {
    await expect(outbound({ url })).rejects.toMatchObject({ code: "bad_address", left: false });
  });

  it.each(["file:///etc/passwd", "http://[", "//"])("is refused after a redirect too: %j", async (place) => {
    const { host, url } = await aServer(redirect(place));

    const asked = outbound({ url, privateHosts: [host], redirects: 2 });

    await expect(asked).rejects.toMatchObject({ code: "bad_address", left: true });
  });
});

describe("a redirect", () => {
  it("is given back as it is where none is followed", async () => {
    const { host, url, seen } = await aServer(redirect("/elsewhere"));

    const answer = await outbound({ url, privateHosts: [host] });

    expect(answer.status).toBe(302);
    expect(seen).toHaveLength(1);
  });

  it("does not lead into a private network", async () => {
    const inside = await aServer();
    const { host, url } = await aServer(redirect(inside.url));

    const asked = outbound({ url, privateHosts: [host], redirects: 3 });

    await expect(asked).rejects.toMatchObject({ code: "private_address", left: true });
    expect(inside.seen).toEqual([]);
  });

  it("carries no credential to another host, not even to another port", async () => {
    const other = await aServer();
    const { host, url } = await aServer(redirect(other.url));
    const headers = { authorization: "Bearer secret", cookie: "a=b", "x-api-key": "secret" };

    await outbound({ url, headers, privateHosts: [host, other.host], redirects: 3 });

    const names = Object.keys(other.seen[0]?.headers ?? {});
    expect(names.filter((name) => !["host", "connection"].includes(name))).toEqual([]);
  });

  it("carries the password of an address to no other host", async () => {
    const other = await aServer();
    const { host } = await aServer(redirect(other.url));

    await outbound({ url: `http://me:pass@${host}/`, privateHosts: [host, other.host], redirects: 3 });

    expect(other.seen[0]?.headers.authorization).toBeUndefined();
  });

  it("carries its headers on within the same host, and never the body", async () => {
    const { host, url, seen } = await aServer((request, response) => {
      if (request.url === "/") redirect("/next")(request, response);
      else response.end("there");
    });

    const answer = await outbound({
      url,
      method: "POST",
      body: "words",
      headers: { authorization: "Bearer secret" },
      privateHosts: [host],
      redirects: 1,
    });

    expect(answer).toMatchObject({ status: 200, url: new URL("/next", url) });
    expect(seen[1]).toMatchObject({ method: "GET", headers: { authorization: "Bearer secret" } });
    expect(seen[1]?.headers["content-length"]).toBeUndefined();
  });

  it("does not come back with a credential from where it led", async () => {
    const first = await aServer((request, response) => {
      if (request.url === "/") redirect(second.url)(request, response);
      else response.end();
    });
    const second = await aServer((request, response) => redirect(`${first.url}chosen`)(request, response));
    const headers = { authorization: "Bearer secret" };

    await outbound({ url: first.url, headers, privateHosts: [first.host, second.host], redirects: 3 });

    expect(first.seen[1]?.url).toBe("/chosen");
    expect(first.seen[1]?.headers.authorization).toBeUndefined();
  });

  it("is followed so often and no more", async () => {
    const { host, url, seen } = await aServer(redirect("/again"));

    const asked = outbound({ url, privateHosts: [host], redirects: 2 });

    await expect(asked).rejects.toMatchObject({ code: "too_many_redirects" });
    expect(seen).toHaveLength(3);
  });
});
