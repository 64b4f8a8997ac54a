import type { Keyword } from "#contracts/channel";
import type { IncomingSms } from "./payload.ts";
import type { Settings } from "./settings.ts";

// Each stands alone in its message, however it is written (twilio.com/docs/messaging/tutorials/advanced-opt-out).
const meanings: Record<string, Keyword["means"]> = {
  STOP: "stop",
  STOPALL: "stop",
  UNSUBSCRIBE: "stop",
  CANCEL: "stop",
  END: "stop",
  QUIT: "stop",
  REVOKE: "stop",
  OPTOUT: "stop",
  START: "start",
  UNSTOP: "start",
  YES: "start",
  HELP: "help",
  INFO: "help",
};

/** What carriers take a message for; undefined for an ordinary one. */
export function keywordOf(
  { Body, OptOutType }: Pick<IncomingSms, "Body" | "OptOutType">,
  { helpText }: Pick<Settings, "helpText">,
): Keyword | undefined {
  const told = meanings[OptOutType?.toUpperCase() ?? ""];
  const word = Body.trim().toUpperCase();
  const means = told ?? meanings[word];
  if (means === undefined) return undefined;
  if (means === "start")
    return word === "YES" && told === undefined ? { means, whenStopped: true } : { means };
  if (means === "stop") return { means };
  // Where Twilio has answered, nobody else does; where nobody would, the question is one like any other.
  if (told !== undefined) return { means };
  return helpText === undefined ? undefined : { means, reply: helpText };
}
