import { z } from "zod";
import type { Outside } from "#channels/channel";
import { askGraph, type Graph } from "#channels/meta/graph";
import { gapsOf } from "#client/template-gaps";
import type { Template } from "#contracts/operator";
import { graphOf } from "./client.ts";
import { meanings } from "./failures.ts";
import type { Settings } from "./settings.ts";

const Part = z.looseObject({
  type: z.string(),
  format: z.string().optional(),
  text: z.string().optional(),
  buttons: z.array(z.looseObject({ type: z.string(), url: z.string().optional() })).optional(),
});
type Part = z.output<typeof Part>;

const Stored = z.looseObject({
  name: z.string(),
  language: z.string(),
  status: z.string(),
  components: z.array(Part).default([]),
});

const Page = z.looseObject({
  data: z.array(z.unknown()),
  paging: z
    .looseObject({ cursors: z.looseObject({ after: z.string() }).optional(), next: z.string().optional() })
    .optional(),
});

const mostPages = 5;

const mayNotRead = {
  kind: "permanent",
  words: "The access token may not read templates: it needs whatsapp_business_management.",
} as const;

/**
 * The approved templates that can be sent with words alone, by name and language (Meta, "Template management"). Those
 * that also want a picture, a code or an address to be filled in are left out. Throws `DeliveryFailure`.
 */
export async function templates(settings: Settings, outside: Outside): Promise<Template[]> {
  // To send a right is enough that does not let templates be read: its lack here says nothing of sending.
  const rights = { "3": mayNotRead, "10": mayNotRead, "200": mayNotRead };
  const graph: Graph = { ...graphOf(settings, outside), meanings: { ...meanings, ...rights } };
  const found: Template[] = [];
  let after: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { data, paging } = await pageOf(graph, settings, after);
    found.push(...data.flatMap(templateOf));
    // The address in `next` holds the token and leads anywhere: the cursor beside it is enough.
    after = paging?.next === undefined ? undefined : paging.cursors?.after;
    if (after === undefined) break;
  }
  return found.sort((a, b) => a.name.localeCompare(b.name) || a.language.localeCompare(b.language));
}

async function pageOf(graph: Graph, { businessAccountId }: Settings, after: string | undefined) {
  const query = {
    status: "APPROVED",
    fields: "name,language,components,status",
    limit: "100",
    ...(after !== undefined && { after }),
  };
  const path = [businessAccountId, "message_templates"];
  return askGraph(graph, { path, query, repeatable: true }, Page);
}

/** Reads a template; nothing where it cannot be read, is not approved, or wants more than values in its body. */
function templateOf(stored: unknown): Template[] {
  const { data } = Stored.safeParse(stored);
  if (data === undefined || data.status !== "APPROVED" || !data.components.every(isWords)) return [];
  const body = data.components.find(({ type }) => type === "BODY")?.text;
  if (body === undefined) return [];
  // As the customer reads it: the heading above, the small print below.
  const words = ["HEADER", "BODY", "FOOTER"].flatMap(
    (kind) => data.components.find(({ type }) => type === kind)?.text ?? [],
  );
  const { name, language } = data;
  return [{ name, language, body: words.join("\n\n"), values: gapsOf(body).length }];
}

/** Says whether a part of a template goes without anything of ours but the values of the body. */
function isWords({ type, format, text = "", buttons = [] }: Part): boolean {
  if (type === "BODY" || type === "FOOTER") return true;
  if (type === "HEADER") return format === "TEXT" && gapsOf(text).length === 0;
  return type === "BUTTONS" && buttons.every(isFixed);
}

function isFixed({ type, url = "" }: { type: string; url?: string | undefined }): boolean {
  if (type === "URL") return gapsOf(url).length === 0;
  return type === "QUICK_REPLY" || type === "PHONE_NUMBER";
}
