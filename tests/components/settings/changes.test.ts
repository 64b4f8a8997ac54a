import { describe, expect, it } from "vitest";
import { changesOf, filledIn, valuesOf } from "#components/settings/channels/changes.ts";
import { aConnection, whatsapp } from "./sample.ts";

const connection = aConnection({ settings: { phoneNumberId: "106", note: "old" } });
const begun = valuesOf(connection, whatsapp);

describe("the form of a connection", () => {
  it("begins with what is no secret, and with every secret empty", () => {
    expect(begun).toEqual({
      name: "Main number",
      "settings.phoneNumberId": "106",
      "settings.accessToken": "",
      "settings.verifyToken": "",
      "settings.note": "old",
    });
  });

  it("keeps a secret that was left empty", () => {
    expect(changesOf(connection, whatsapp, { ...begun, name: "Sales" })).toEqual({ name: "Sales" });
  });

  it("sends a new secret, and nothing else with it", () => {
    expect(changesOf(connection, whatsapp, { ...begun, "settings.accessToken": " new " })).toEqual({
      settings: { accessToken: "new" },
    });
  });

  it("sends a secret empty that is to be taken away", () => {
    const values = { ...begun, "settings.accessToken": "typed", "removed.accessToken": "yes" };
    expect(changesOf(connection, whatsapp, values)).toEqual({ settings: { accessToken: "" } });
  });

  it("sends a setting empty when it was emptied", () => {
    expect(changesOf(connection, whatsapp, { ...begun, "settings.note": "" })).toEqual({
      settings: { note: "" },
    });
  });
});

describe("a new connection", () => {
  it("leaves out what was left empty, so that Baton may choose it", () => {
    const given = {
      "settings.phoneNumberId": " 106 ",
      "settings.accessToken": "t",
      "settings.verifyToken": " ",
    };
    expect(filledIn(whatsapp, given)).toEqual({ phoneNumberId: "106", accessToken: "t" });
  });
});
