import { describe, expect, it } from "vitest";
import { z } from "zod";
import { jsonIn, jsonOf, readAs } from "#channels/json";
import { cut } from "#channels/words";

describe("the JSON of a delivery", () => {
  it("can be kept by our database, in names and values alike", () => {
    const body = '{"a\\u0000":["\\ud83d","\\ud83d\\ude00",{"b":"\\u0000"},1,null,true]}';

    expect(jsonIn(body)).toEqual({ "a\ufffd": ["\ufffd", "😀", { b: "\ufffd" }, 1, null, true] });
  });

  it("keeps a text as long as it was, as a platform counts places in it", () => {
    expect(jsonIn('"a\\u0000b\\ud83d"')).toHaveLength(4);
  });

  it("is none where a body is torn, and none of it is repeated", () => {
    const torn = Buffer.from('{"card":"4111');

    expect(jsonIn(torn)).toBeUndefined();
    expect(() => jsonOf(torn)).toThrow(/^The delivery is no JSON\.$/);
  });

  it("tells where it has another shape, and never what stands there", () => {
    const shape = z.object({ message: z.object({ id: z.string() }), at: z.number() });

    const read = () => readAs(shape, { message: { id: 4_111 }, at: "my secret" });

    expect(read).toThrow(/^The delivery has an unknown shape at message\.id, at\.$/);
  });
});

describe("a text that is longer than we keep", () => {
  it("is cut to a well-formed one, also within a pair", () => {
    expect(cut("ab😀", 3)).toBe("ab\ufffd");
    expect(cut("ab😀", 4)).toBe("ab😀");
  });
});
