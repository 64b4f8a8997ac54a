/** An id for a message. `crypto.randomUUID` exists on https and localhost only; a small office may use neither. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
