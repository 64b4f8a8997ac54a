import { afterEach, beforeEach, expect, it } from "vitest";
import { readEnv } from "#lib/env";
import { checkMail, closeMail, mailIsOn, sender, sendMail } from "#lib/mail";
import { forget } from "#lib/registry";
import { type FakeMail, startFakeMail } from "#support/fake-mail";

let mail: FakeMail;
beforeEach(async () => {
  mail = await startFakeMail();
  set({ SMTP_URL: mail.url, MAIL_FROM: "Harbour Support <help@harbour.example>" });
});
afterEach(async () => {
  closeMail();
  await mail.close();
  set({ SMTP_URL: "", MAIL_FROM: "", PUBLIC_BASE_URL: "" });
});

function set(variables: Record<string, string>): void {
  Object.assign(process.env, variables);
  forget("env");
}

const letter = {
  to: "kim@example.com",
  id: "letter-1",
  subject: "Hello",
  text: "Hello",
  html: "<p>Hello</p>",
};

it("sends a letter from the house's address, named so that mail servers know it again and answer it with no holiday note", async () => {
  await sendMail({ ...letter, fromName: "Harbour" });
  expect(mail.taken).toMatchObject([
    {
      from: "help@harbour.example",
      to: ["kim@example.com"],
      headers: {
        from: "Harbour <help@harbour.example>",
        "message-id": "<letter-1@harbour.example>",
        "auto-submitted": "auto-generated",
      },
      text: "Hello",
      html: "<p>Hello</p>",
    },
  ]);
});

it("lets nobody's name add a header or a recipient", async () => {
  const wicked = "Kim\r\nBcc: eve@example.com\r\n\r\nBuy this";
  await sendMail({ ...letter, fromName: wicked, subject: wicked });
  await sendMail({ ...letter, to: "kim@example.com, eve@example.com" }).catch(() => undefined);
  for (const { to, headers } of mail.taken) {
    expect(to.filter((address) => address === "eve@example.com")).toEqual([]);
    expect(headers.bcc).toBeUndefined();
  }
});

it("tells what is refused for good from what may be tried again", async () => {
  mail.play("550 no such user", "451 try again");
  await expect(sendMail(letter)).rejects.toMatchObject({ code: "invalid" });
  await expect(sendMail(letter)).rejects.toMatchObject({ code: "unavailable" });
  await mail.close();
  closeMail();
  await expect(sendMail(letter)).rejects.toMatchObject({ code: "unavailable" });
});

it("is off, and says so, without a mail server", async () => {
  set({ SMTP_URL: "" });
  expect(mailIsOn()).toBe(false);
  await expect(sendMail(letter)).rejects.toMatchObject({ code: "unavailable" });
});

it("writes from the host that people know Baton by where no address is given", () => {
  set({ MAIL_FROM: "", PUBLIC_BASE_URL: "https://help.harbour.example" });
  expect(sender()).toEqual({ name: "", address: "no-reply@help.harbour.example" });
  set({ MAIL_FROM: "help@harbour.example" });
  expect(sender()).toEqual({ name: "", address: "help@harbour.example" });
});

it("can be looked at without sending", async () => {
  await checkMail(mail.url);
  await expect(checkMail("smtp://127.0.0.1:1")).rejects.toThrow();
});

it("refuses an address of a server, or a sender, that is none", () => {
  for (const wrong of [
    { SMTP_URL: "mail.example.com" },
    { SMTP_URL: "https://mail.example.com" },
    { MAIL_FROM: "nobody" },
  ])
    expect(() => readEnv(wrong)).toThrow(Object.keys(wrong)[0]);
});
