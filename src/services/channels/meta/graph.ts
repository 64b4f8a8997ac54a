import type { z } from "zod";
import type { Outside } from "#channels/channel";
import { networkFailure, repeatable, unreadableAnswer } from "#channels/failure";
import { jsonIn } from "#channels/json";
import { type OutboundAnswer, outbound } from "#lib/outbound-http";
import { type Meanings, refusalOf } from "./failures.ts";

/** Whom we ask and as whom. */
export type Graph = { label: string; token: string; meanings: Meanings; outside: Outside };

/** What we ask. */
export type GraphCall = {
  method?: "GET" | "POST";
  /** The parts of the path below the version. */
  path: readonly string[];
  query?: Record<string, string>;
  json?: unknown;
  form?: FormData;
  /** Nothing is seen by a customer, so a call without an answer may simply be made again. */
  repeatable?: boolean;
};

/** Asks the Graph API and reads its answer. Throws `DeliveryFailure`. */
export async function askGraph<Schema extends z.ZodType>(
  graph: Graph,
  call: GraphCall,
  schema: Schema,
): Promise<z.output<Schema>> {
  try {
    const answer = await asked(graph, call);
    if (answer.status < 200 || answer.status > 299) {
      throw refusalOf(answer, graph.meanings, graph.label, graph.outside.now());
    }
    return read(answer, graph.label, schema);
  } catch (error) {
    throw call.repeatable ? repeatable(error, graph.label) : networkFailure(error, graph.label);
  }
}

async function asked(graph: Graph, call: GraphCall): Promise<OutboundAnswer> {
  const { bases, privateHosts } = graph.outside;
  const url = new URL(
    [bases.metaGraph, bases.metaGraphVersion, ...call.path.map(encodeURIComponent)].join("/"),
  );
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
  const { contentType, body } = await encoded(call);
  return outbound({
    url,
    method: call.method ?? "GET",
    headers: {
      authorization: `Bearer ${graph.token}`,
      ...(contentType !== null && { "content-type": contentType }),
    },
    body,
    timeoutMs: call.form === undefined ? 20_000 : 60_000,
    privateHosts,
  });
}

async function encoded({ json, form }: GraphCall): Promise<{ contentType: string | null; body?: Buffer }> {
  if (json !== undefined) return { contentType: "application/json", body: Buffer.from(JSON.stringify(json)) };
  if (form === undefined) return { contentType: null };
  // A `Response` writes the parts and their boundary, as a browser would.
  const parts = new Response(form);
  return { contentType: parts.headers.get("content-type"), body: Buffer.from(await parts.arrayBuffer()) };
}

function read<Schema extends z.ZodType>(
  { body }: OutboundAnswer,
  label: string,
  schema: Schema,
): z.output<Schema> {
  const { data } = schema.safeParse(jsonIn(body));
  if (data !== undefined) return data;
  throw unreadableAnswer(label);
}
