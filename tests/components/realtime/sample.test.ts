import { expect, it } from "vitest";
import { paint, sample } from "#app/demo/react/sample.ts";

it("shows a chat in twelve lines over the chosen transport, and colours change no letter of it", () => {
  const code = sample("websocket");
  expect(code.split("\n")).toHaveLength(12);
  expect(code).toContain('transport: "websocket"');
  expect(
    paint(code)
      .map(({ text }) => text)
      .join(""),
  ).toBe(code);
});
