import { e164 } from "#lib/phone-number";

// What Twilio gives for a number that is withheld: words, as the keys of a phone spell them (RESTRICTED, BLOCKED, UNKNOWN,
// ANONYMOUS, UNAVAILABLE).
const withheld = new Set(["+7378742833", "+2562533", "+8566696", "+266696687", "+86282452253"]);

/** The number of who calls or is called; undefined where it is withheld, or none. */
export function callersNumber(told: string | undefined): string | undefined {
  const number = told === undefined ? undefined : e164(told);
  return number === undefined || withheld.has(number) ? undefined : number;
}
