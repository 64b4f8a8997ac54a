import { createHmac } from "node:crypto";
import { sameText } from "#lib/crypto";
import { authSecret, sessionCookieName } from "./auth.ts";

/** The token in a request's session cookie, if the cookie bears our signature. */
export function sessionToken(cookieHeader: string | null): string | undefined {
  const value = cookieHeader === null ? undefined : cookieValue(cookieHeader, sessionCookieName());
  if (value === undefined) return undefined;
  const dot = value.lastIndexOf(".");
  if (dot < 1) return undefined;
  const token = value.slice(0, dot);
  const signature = createHmac("sha256", authSecret()).update(token).digest("base64");
  return sameText(value.slice(dot + 1), signature) ? token : undefined;
}

function cookieValue(header: string, name: string): string | undefined {
  for (const part of header.split(";")) {
    const equals = part.indexOf("=");
    if (equals === -1 || part.slice(0, equals).trim() !== name) continue;
    try {
      return decodeURIComponent(part.slice(equals + 1).trim());
    } catch {
      return undefined;
    }
  }
  return undefined;
}
