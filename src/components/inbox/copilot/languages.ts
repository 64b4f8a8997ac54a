import { languageName } from "#contracts/language-name";

/** Languages that a draft is often put into, by their tags. */
const usual = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "tr", "uk", "ar", "zh", "ja"];

export type Language = { tag: string; name: string };

/** The languages to choose from: the customer's own first, where it is known. */
export function languagesFor(customers: string | undefined): Language[] {
  const own = customers === undefined ? undefined : /^[a-z]{2,3}/.exec(customers.toLowerCase())?.[0];
  const tags = own === undefined ? usual : [own, ...usual.filter((tag) => tag !== own)];
  return tags.map((tag) => ({ tag, name: languageName(tag) }));
}
