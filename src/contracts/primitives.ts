import { z } from "zod";

/** A UUID of any version, lower-cased. */
export const Id = z.uuid().transform((value) => value.toLowerCase());

/** An id that a client makes so that sending twice stays one message. */
export const ClientId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9._:-]+$/, "may hold letters, digits and . _ : - only");

/** A position in a stream: opaque to clients. */
export const Cursor = z
  .string()
  .max(128)
  .regex(/^[A-Za-z0-9._-]*$/);

/** Text that Postgres and JSON can keep: no NUL and no lone surrogates. */
export const Text = z
  .string()
  .refine((value) => !value.includes("\u0000"), "must not contain the NUL character")
  .refine((value) => value.isWellFormed(), "must be well-formed Unicode");

/** What a person writes as one message. */
export const MessageText = Text.transform((value) => value.trim()).pipe(z.string().min(1).max(8_000));

/** An origin such as `https://shop.example`, without a path. */
export const Origin = z.string().refine((value) => {
  try {
    return new URL(value).origin === value;
  } catch {
    return false;
  }
}, "must be an origin such as https://shop.example");

/** A moment in ISO 8601, UTC. */
export const Moment = z.iso.datetime();
