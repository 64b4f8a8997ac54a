import { z } from "zod";
import type { Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import { askGraph, type Graph } from "#channels/meta/graph";
import { secretFits } from "#channels/meta/secret";
import { reportOf, tried } from "#channels/report";
import { Id } from "#channels/values";
import type { CheckReport } from "#contracts/channel";
import { graphOf } from "./client.ts";
import type { Settings } from "./settings.ts";

const Phone = z.looseObject({ display_phone_number: z.string(), verified_name: z.string().optional() });
const Phones = z.looseObject({ data: z.array(z.looseObject({ id: Id })) });
const Apps = z.looseObject({ data: z.array(z.unknown()) });
const Done = z.looseObject({});

/** Proves token, number, account and app secret, and looks whether Meta delivers to us. */
export async function check(settings: Settings, outside: Outside): Promise<CheckReport> {
  const graph = graphOf(settings, outside);
  let account: string | undefined;
  const number = await tried(async () => {
    const { display_phone_number, verified_name } = await phoneOf(graph, settings);
    account = [display_phone_number, verified_name].filter(Boolean).join(", ");
    return `The access token opens the number ${account}.`;
  });
  // With a token that opens nothing, the rest would only say the same again.
  if (!number.ok) return reportOf([number]);
  const others = await Promise.all([
    tried(() => belongs(graph, settings)),
    tried(() => secretFits(graph, settings.appSecret)),
    tried(() => isSubscribed(graph, settings)),
  ]);
  return reportOf([number, ...others], account);
}

/** Has Meta deliver this number's messages to our address (Meta, "Webhook overrides"). */
export async function setup(
  settings: Settings,
  { webhookUrl }: { webhookUrl: string },
  outside: Outside,
): Promise<CheckReport> {
  const graph = graphOf(settings, outside);
  const subscribed = await tried(async () => {
    const path = [settings.businessAccountId, "subscribed_apps"];
    await askGraph(graph, { method: "POST", path, repeatable: true }, Done);
    return "The app is subscribed to the WhatsApp account.";
  });
  if (!subscribed.ok) return reportOf([subscribed]);
  const directed = await tried(async () => {
    const webhook_configuration = { override_callback_uri: webhookUrl, verify_token: settings.verifyToken };
    const json = { webhook_configuration };
    await askGraph(graph, { method: "POST", path: [settings.phoneNumberId], json, repeatable: true }, Done);
    return "Meta delivers this number's messages to Baton.";
  });
  return reportOf([subscribed, directed]);
}

async function phoneOf(graph: Graph, { phoneNumberId }: Settings) {
  const query = { fields: "display_phone_number,verified_name" };
  return askGraph(graph, { path: [phoneNumberId], query, repeatable: true }, Phone);
}

async function belongs(graph: Graph, { businessAccountId, phoneNumberId }: Settings): Promise<string> {
  const query = { fields: "id", limit: "100" };
  const path = [businessAccountId, "phone_numbers"];
  const { data } = await askGraph(graph, { path, query, repeatable: true }, Phones);
  if (data.some(({ id }) => id === phoneNumberId)) return "The number belongs to the WhatsApp account.";
  throw new DeliveryFailure("permanent", "account", "The number does not belong to this WhatsApp account.");
}

async function isSubscribed(graph: Graph, { businessAccountId }: Settings): Promise<string> {
  const path = [businessAccountId, "subscribed_apps"];
  const { data } = await askGraph(graph, { path, repeatable: true }, Apps);
  if (data.length > 0) return "An app is subscribed to the WhatsApp account.";
  const words = "No app is subscribed to the WhatsApp account, so no message would arrive.";
  throw new DeliveryFailure("permanent", "subscription", words);
}
