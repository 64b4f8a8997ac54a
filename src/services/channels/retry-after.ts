/** Seconds that an answer asks to wait (RFC 9110, "Retry-After"): it tells their number, or a date. */
export function retryAfter(headers: Headers, now: Date): number | undefined {
  const asked = headers.get("retry-after");
  if (asked === null) return undefined;
  // Some platforms send a fraction, which the standard does not know.
  if (/^\s*\d{1,9}(\.\d+)?\s*$/.test(asked)) return Math.ceil(Number(asked));
  // What is no such date is read as some date or other too: "-5" is a day of the year 2001.
  if (!/ GMT\s*$/.test(asked)) return undefined;
  const seconds = Math.ceil((Date.parse(asked) - now.getTime()) / 1_000);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
