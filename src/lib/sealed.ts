import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";

/**
 * Seals a text with the key of this installation (AES-256-GCM). `bound` names what it belongs to: sealed for one row, it
 * opens for no other (NIST SP 800-38D, additional authenticated data).
 */
export function seal(text: string, bound: string): string {
  const { id, key } = newestKey();
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [
    id,
    nonce.toString("base64url"),
    sealed.toString("base64url"),
    cipher.getAuthTag().toString("base64url"),
  ].join(".");
}

/** Opens what `seal` made. Throws `unavailable` where no key of this installation fits. */
export function unseal(sealed: string, bound: string): string {
  const [id, nonce = "", text = "", tag = ""] = sealed.split(".");
  const known = keys().find((each) => each.id === id);
  try {
    if (known === undefined) throw new Error("no such key");
    const decipher = createDecipheriv("aes-256-gcm", known.key, Buffer.from(nonce, "base64url"));
    decipher.setAAD(Buffer.from(bound));
    decipher.setAuthTag(Buffer.from(tag, "base64url"));
    return Buffer.concat([decipher.update(Buffer.from(text, "base64url")), decipher.final()]).toString(
      "utf8",
    );
  } catch (cause) {
    const words =
      "The stored credentials cannot be opened: BATON_SECRET is not the one they were sealed with.";
    throw new AppError("unavailable", words, { cause });
  }
}

/** Says whether a sealed text was made with a key that is being replaced. */
export function isOldSeal(sealed: string): boolean {
  return !sealed.startsWith(`${newestKey().id}.`);
}

type Key = { id: string; key: Buffer };

function newestKey(): Key {
  const [newest] = keys();
  if (newest === undefined)
    throw new AppError("unavailable", "BATON_SECRET is missing: nothing can be sealed.");
  return newest;
}

function keys(): Key[] {
  return [env.BATON_SECRET, env.BATON_SECRET_PREVIOUS].flatMap((secret) => {
    if (secret === undefined) return [];
    const key = Buffer.from(hkdfSync("sha256", secret, "baton", "stored credentials", 32));
    return { id: createHash("sha256").update(key).digest("hex").slice(0, 8), key };
  });
}
