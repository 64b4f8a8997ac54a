import { AppError } from "#lib/errors";

export type Keys = (string | boolean | number)[];
export type KeyKind = "flag" | "moment" | "id" | "number";

/** Writes down where a page ended, for whoever asks for the next one. */
export function encodeKeys(keys: Keys): string {
  return Buffer.from(JSON.stringify(keys)).toString("base64url");
}

/** Reads where a page ended. Throws `invalid` for what is no marker of a list in this order. */
export function decodeKeys(cursor: string, shape: KeyKind[]): Keys {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(keys) && keys.length === shape.length && keys.every((key, at) => isKey(key, shape[at])))
      return keys;
  } catch {
    // Falls through to the same answer as a well-formed cursor of another list.
  }
  throw new AppError("invalid", "This page marker is not one of ours: open the list anew.");
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

// Postgres must never be handed what it cannot read as the type of the key.
function isKey(value: unknown, kind: KeyKind | undefined): boolean {
  if (kind === "flag") return typeof value === "boolean";
  if (kind === "number") return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
  if (typeof value !== "string") return false;
  return kind === "id" ? uuid.test(value) : moment.test(value) && !Number.isNaN(Date.parse(value));
}
