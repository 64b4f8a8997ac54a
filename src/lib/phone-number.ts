import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { AppError } from "#lib/errors";

/**
 * A phone number, however it is written, in the one form that is unique in the world (E.164); undefined for what can be
 * none. It has to name its country.
 */
export function e164(text: string): string | undefined {
  const number = parsePhoneNumberFromString(text.trim().replace(/^00/, "+"), { extract: false });
  // Possible, not valid: plans of numbers change faster than what is known of them.
  return number?.isPossible() === true && number.ext === undefined ? number.number : undefined;
}

/** The same for what somebody entered. Throws `invalid` for what can be no number. */
export function phoneNumber(text: string): string {
  const number = e164(text);
  if (number === undefined) {
    throw new AppError("invalid", "Write the number with + and its country, such as +1 555 010 0123.");
  }
  return number;
}

/** A number in E.164 as people read it where it belongs, with its country; what is no such number stays as it is. */
export function phoneWords(text: string): string {
  const number = text.startsWith("+") ? parsePhoneNumberFromString(text) : undefined;
  if (number === undefined) return text;
  return number.countryCallingCode === "1" ? `+1 ${number.formatNational()}` : number.formatInternational();
}
