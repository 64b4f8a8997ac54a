import { Agent } from "node:https";
import { Telegram } from "telegraf";
import type { Telegram as Methods, Opts } from "telegraf/types";
import type { Outside } from "#channels/channel";
import { repeatable } from "#channels/failure";
import { failureOf } from "./failures.ts";
import type { Settings } from "./settings.ts";

type Signal = NonNullable<Parameters<Telegram["callApi"]>[2]>["signal"];

/** Calls a method of the Bot API once (core.telegram.org/bots/api, "Making requests"). Throws `DeliveryFailure`. */
export async function ask<Method extends keyof Methods>(
  method: Method,
  fields: Opts<Method>,
  { botToken }: Settings,
  { bases }: Outside,
  timeoutMs = 15_000,
): Promise<ReturnType<Methods[Method]>> {
  const telegram = new Telegram(botToken, {
    apiRoot: apiRootOf(bases),
    webhookReply: false,
    // No socket is used twice: one that the other side closed meanwhile would look like a lost answer.
    agent: new Agent(),
  });
  // Telegraf's types want the polyfill that came before the platform's own signal.
  const signal = AbortSignal.timeout(timeoutMs) as unknown as Signal;
  try {
    return await telegram.callApi(method, fields, { signal });
  } catch (error) {
    const failure = failureOf(error);
    throw isSeen(method) ? failure : repeatable(failure, "Telegram");
  }
}

/** Where the Bot API lies, with the slash that a relative address needs. */
export function apiRootOf({ telegramApi }: Outside["bases"]): string {
  return `${telegramApi}/`;
}

// Only what is sent reaches a customer's eyes; any other method may be called twice.
function isSeen(method: string): boolean {
  return method.startsWith("send");
}
