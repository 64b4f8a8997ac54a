import { z } from "zod";
import { DeliveryFailure, type FailureKind, statusFailure } from "#channels/failure";
import { jsonIn } from "#channels/json";
import { retryAfter } from "#channels/retry-after";
import type { OutboundAnswer } from "#lib/outbound-http";

type Judgement = readonly [kind: FailureKind, words: string];

// learn.microsoft.com, Teams platform, "Conversation messages", "Status codes from bot conversational APIs".
const byCode = new Map<string, Judgement>([
  ["ConversationBlockedByUser", ["permanent", "The customer has blocked the bot in Teams."]],
  ["MessageWritesBlocked", ["permanent", "The customer has blocked or removed the bot in Teams."]],
  ["BotNotInConversationRoster", ["permanent", "The bot is no longer a member of this conversation."]],
  [
    "BotDisabledByAdmin",
    ["permanent", "An administrator of the organisation has disabled the bot in Teams."],
  ],
  ["BotNotRegistered", ["revoked", "The bot is no longer registered in Azure."]],
  ["ConversationNotFound", ["permanent", "This conversation no longer exists in Teams."]],
  ["MessageSizeTooBig", ["permanent", "The message is too large for Teams."]],
]);

const notAccepted = "Teams no longer accepts the app's credentials.";
const byStatus = new Map<number, Judgement>([
  [401, ["revoked", notAccepted]],
  [403, ["permanent", "The bot may not write in this conversation."]],
  [404, ["permanent", "This conversation no longer exists in Teams."]],
  [412, ["passing", "Several messages of this conversation met in Teams."]],
  [413, ["permanent", "The message is too large for Teams."]],
  [502, ["passing", "Teams has a passing trouble."]],
  [504, ["passing", "Teams has a passing trouble."]],
]);

const Refusal = z.looseObject({ error: z.looseObject({ code: z.string().max(100) }) });

/** The failure of a token that Teams refuses. */
export function tokenRefused(): DeliveryFailure {
  return new DeliveryFailure("revoked", "http_401", notAccepted);
}

/** Says what an answer of the Bot Connector means for the part that was sent. */
export function refusalOf({ status, headers, body }: OutboundAnswer, now: Date): DeliveryFailure {
  const code = Refusal.safeParse(jsonIn(body)).data?.error.code;
  const wait = retryAfter(headers, now);
  const known = byCode.get(code ?? "") ?? byStatus.get(status);
  if (known === undefined) return statusFailure(status, "Teams", { code, retryAfter: wait });
  const [kind, words] = known;
  return new DeliveryFailure(kind, code ?? `http_${status}`, words, { retryAfter: wait });
}

// learn.microsoft.com, "Microsoft Entra authentication and authorization error codes".
const byLoginCode = new Map<number, string>([
  [7_000_215, "Microsoft does not accept the client secret: enter its value, not its ID."],
  [7_000_222, "The client secret has expired: make a new one in the app registration."],
  [700_016, "Microsoft does not know this app in this organisation: check the app ID and the tenant ID."],
  [90_002, "Microsoft does not know this organisation: check the tenant ID."],
]);

const LoginRefusal = z.looseObject({
  error: z.string().max(100),
  error_codes: z.array(z.number()).optional(),
});

/** Says why Microsoft gave no token for the app. */
export function loginRefusalOf({ status, headers, body }: OutboundAnswer, now: Date): DeliveryFailure {
  const told = LoginRefusal.safeParse(jsonIn(body)).data;
  if (status === 429 || status >= 500 || told === undefined || told.error === "temporarily_unavailable") {
    const wait = retryAfter(headers, now);
    const words = "Microsoft's login has a passing trouble.";
    return new DeliveryFailure("passing", `http_${status}`, words, { retryAfter: wait });
  }
  const number = told.error_codes?.[0];
  const words = byLoginCode.get(number ?? 0) ?? "Microsoft no longer accepts the app's credentials.";
  return new DeliveryFailure("revoked", number === undefined ? told.error : `AADSTS${number}`, words);
}
