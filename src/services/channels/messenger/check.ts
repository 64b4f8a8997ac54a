import { z } from "zod";
import type { Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import { askGraph, type Graph } from "#channels/meta/graph";
import { secretFits } from "#channels/meta/secret";
import { reportOf, tried } from "#channels/report";
import { Id, Name } from "#channels/values";
import type { CheckReport } from "#contracts/channel";
import { graphOf } from "./client.ts";
import type { Settings } from "./settings.ts";

const Page = z.looseObject({ id: Id, name: Name.optional() });
const Apps = z.looseObject({
  data: z.array(z.looseObject({ subscribed_fields: z.array(z.string()).default([]) })),
});
const Done = z.looseObject({});

// All that `parse` reads; without `message_echoes` nobody would see that a person answered in the Page's inbox.
const fields = [
  "messages",
  "messaging_postbacks",
  "messaging_referrals",
  "message_deliveries",
  "message_reads",
  "message_echoes",
  "message_reactions",
  "message_edits",
];

/** Proves token, Page and app secret, and looks whether Meta delivers to us. */
export async function check(settings: Settings, outside: Outside): Promise<CheckReport> {
  const graph = graphOf(settings, outside);
  let account: string | undefined;
  const page = await tried(async () => {
    account = await pageOf(graph, settings);
    return `The access token opens the Page ${account}.`;
  });
  // With a token that opens nothing, the rest would only say the same again.
  if (!page.ok) return reportOf([page]);
  const others = await Promise.all([
    tried(() => secretFits(graph, settings.appSecret)),
    tried(() => isSubscribed(graph, settings)),
  ]);
  return reportOf([page, ...others], account);
}

/** Has Meta deliver this Page's messages to the app; the app's own address is one for all its Pages. */
export async function setup(
  settings: Settings,
  { webhookUrl }: { webhookUrl: string },
  outside: Outside,
): Promise<CheckReport> {
  const subscribed = await tried(async () => {
    const path = [settings.pageId, "subscribed_apps"];
    const query = { subscribed_fields: fields.join() };
    await askGraph(graphOf(settings, outside), { method: "POST", path, query, repeatable: true }, Done);
    return "The app is subscribed to the Page.";
  });
  if (!subscribed.ok) return reportOf([subscribed]);
  const text = `In the Meta app, under Messenger, Webhooks, enter ${webhookUrl} and your verify token.`;
  return reportOf([subscribed, { ok: true, text }]);
}

async function pageOf(graph: Graph, { pageId }: Settings): Promise<string> {
  const call = { path: ["me"], query: { fields: "id,name" }, repeatable: true };
  const { id, name } = await askGraph(graph, call, Page);
  if (id === pageId) return name ?? id;
  throw new DeliveryFailure("permanent", "account", "The access token belongs to another Page.");
}

async function isSubscribed(graph: Graph, { pageId }: Settings): Promise<string> {
  const { data } = await askGraph(graph, { path: [pageId, "subscribed_apps"], repeatable: true }, Apps);
  const told = new Set(data.flatMap(({ subscribed_fields }) => subscribed_fields));
  const missing = fields.filter((field) => !told.has(field));
  if (missing.length === 0) return "The app is subscribed to the Page.";
  const words = `The app is not subscribed to all that is needed of the Page: ${missing.join(", ")}.`;
  throw new DeliveryFailure("permanent", "subscription", words);
}
