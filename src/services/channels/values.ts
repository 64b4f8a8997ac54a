import { z } from "zod";
import { cut } from "./words.ts";

/** An id as platforms write it: a text, or a number that may outgrow 32 bits. */
export const Id = z.union([z.string(), z.number()]).transform(String);

/** The name of a person, which may be longer than we keep. */
export const Name = z.string().transform((name) => cut(name, 200));

/** The name of a file, which may be longer than we keep. */
export const FileName = z.string().transform((name) => cut(name, 255));

/** A moment in seconds, as a number or as text. */
export const Seconds = z.coerce.number().transform((seconds) => new Date(seconds * 1_000));

/** A moment in milliseconds, as a number or as text. */
export const Milliseconds = z.coerce.number().transform((milliseconds) => new Date(milliseconds));
