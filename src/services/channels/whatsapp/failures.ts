import { type Meanings, meaningOf } from "#channels/meta/failures";

const tooFast = "WhatsApp asks to send more slowly.";
const badTemplate = "does not fit the template that WhatsApp has approved";

/** WhatsApp's error codes (Meta, "Cloud API error codes"). */
export const meanings: Meanings = {
  "3": { kind: "revoked", words: "The access token has no right to use the WhatsApp API." },
  "10": { kind: "revoked", words: "The access token has no right to send from this number." },
  "33": { kind: "permanent", words: "This phone number no longer exists at Meta." },
  "100": { kind: "permanent", words: "WhatsApp does not accept a value of the message." },
  "200": { kind: "revoked", words: "The access token has no right to send from this account." },
  "80007": { kind: "passing", words: tooFast },
  "130429": { kind: "passing", words: tooFast },
  "130472": {
    kind: "permanent",
    words: "WhatsApp did not deliver it: the customer is part of an experiment of Meta.",
  },
  "130497": {
    kind: "permanent",
    words: "WhatsApp does not let this account write to the customer's country.",
  },
  "131000": { kind: "passing", words: "WhatsApp could not send it, for a reason that it does not tell." },
  "131005": { kind: "revoked", words: "The access token has no right to send from this number." },
  "131008": { kind: "permanent", words: "Something that WhatsApp requires was missing from the message." },
  "131009": { kind: "permanent", words: "WhatsApp does not accept a value of the message." },
  "131016": { kind: "passing", words: "WhatsApp is out of order for the moment." },
  "131021": { kind: "permanent", words: "The number cannot write to itself." },
  "131026": {
    kind: "permanent",
    words: "WhatsApp cannot deliver to this customer: no WhatsApp, an old version, or you are blocked.",
  },
  "131030": { kind: "permanent", words: "This test number may write only to the numbers on its list." },
  "131031": { kind: "permanent", words: "Meta has locked the WhatsApp account: see the WhatsApp Manager." },
  "131037": { kind: "permanent", words: "The display name of this number is not approved yet." },
  "131042": { kind: "permanent", words: "WhatsApp's billing is not in order: see the WhatsApp Manager." },
  "131045": { kind: "permanent", words: "This number is not registered with the WhatsApp API." },
  "131047": { kind: "permanent", words: "The 24-hour window has closed: send a template." },
  "131048": {
    kind: "permanent",
    words: "WhatsApp holds this number back: too many of its messages were blocked or reported.",
  },
  "131049": {
    kind: "permanent",
    words: "WhatsApp did not deliver it, to keep the customer from too much advertising.",
  },
  "131050": { kind: "permanent", words: "The customer does not want advertising from you." },
  "131051": { kind: "permanent", words: "WhatsApp does not know this kind of message." },
  "131052": { kind: "permanent", words: "WhatsApp could not load the customer's file." },
  "131053": { kind: "permanent", words: "WhatsApp does not accept this file." },
  // At most one message in six seconds to the same customer, after a burst.
  "131056": { kind: "passing", words: "Too many messages to this customer at once.", retryAfter: 6 },
  "131057": { kind: "passing", words: "The WhatsApp account is under maintenance." },
  "131062": {
    kind: "permanent",
    words: "This message needs the customer's phone number, which is not known.",
  },
  "132000": { kind: "permanent", words: `The number of values ${badTemplate}.` },
  "132001": { kind: "permanent", words: "There is no such template in this language." },
  "132005": { kind: "permanent", words: "The template with its values is too long." },
  "132007": { kind: "permanent", words: "The template breaks a policy of WhatsApp." },
  "132012": { kind: "permanent", words: `A value ${badTemplate}.` },
  "132015": { kind: "permanent", words: "WhatsApp has paused this template for its low quality." },
  "132016": { kind: "permanent", words: "WhatsApp has stopped this template for its low quality." },
  "133004": { kind: "passing", words: "WhatsApp is out of order for the moment." },
  "133010": { kind: "permanent", words: "This number is not registered with the WhatsApp API." },
};

/** Tells why a message that WhatsApp had taken did not arrive. */
export function wordsOf(code: string): string {
  return meaningOf(meanings, code)?.words ?? "WhatsApp could not deliver the message.";
}
