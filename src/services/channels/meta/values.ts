import { z } from "zod";

/** An id as Meta writes it: mostly text, sometimes a number. */
export const GraphId = z.union([z.string(), z.number()]).transform(String);

/** Words of a person, without what Postgres cannot keep. */
export const Words = z.string().transform((words) => words.replaceAll("\u0000", "").toWellFormed());

/** A name that may be longer than we keep. */
export const Name = Words.transform((name) => name.slice(0, 200).toWellFormed());

/** A moment that WhatsApp tells in seconds, as text. */
export const Seconds = z.coerce.number().transform((seconds) => new Date(seconds * 1_000));

/** A moment that Messenger tells in milliseconds. */
export const Milliseconds = z.coerce.number().transform((milliseconds) => new Date(milliseconds));
