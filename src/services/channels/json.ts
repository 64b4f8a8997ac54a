import type { z } from "zod";
import type { Unreadable } from "./channel.ts";
import { keepable } from "./words.ts";

// What cannot be kept stands in a body as an escape: most hold none, and need not be walked through.
const perhapsUnkeepable = /\\u(?:0000|d[89a-f])/i;

/** What a body holds as JSON, in a form that can be kept; undefined where it is none. */
export function jsonIn(body: Buffer | string): unknown {
  const text = String(body);
  try {
    const value: unknown = JSON.parse(text);
    return perhapsUnkeepable.test(text) || !text.isWellFormed() ? keepable(value) : value;
  } catch {
    return undefined;
  }
}

/** Reads the JSON of a body. Throws where it is none, without repeating any of it. */
export function jsonOf(body: Buffer | string): unknown {
  const json = jsonIn(body);
  if (json === undefined) throw new Error("The delivery is no JSON.");
  return json;
}

/** Reads a part of a delivery by its schema. Throws with the place that does not fit, never with what stood there. */
export function readAs<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const places = read.error.issues.map(({ path }) => path.join(".") || "its top");
  throw new Error(`The delivery has an unknown shape at ${places.join(", ")}.`);
}

/** Reads each of several things by itself, so that one that cannot be read takes none of the others with it. */
export function readEach<Thing, Told>(
  things: readonly Thing[],
  read: (thing: Thing) => Told[],
): (Told | Unreadable)[] {
  return things.flatMap((thing): (Told | Unreadable)[] => {
    try {
      return read(thing);
    } catch (error) {
      return [{ kind: "unreadable", reason: error instanceof Error ? error.message : "unknown" }];
    }
  });
}
