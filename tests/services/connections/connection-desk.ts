import { expect } from "vitest";
import type { ConnectionView } from "#contracts/connections";
import { customMessage, post } from "#support/channel-stage";
import type { Answered, Shop, Stage } from "#support/stage";

export const base = "/api/admin/connections";

type Refused = { error: { code: string; message: string; details?: { fields?: Record<string, string> } } };

/** A connection as the owner's settings page shows it. */
export async function viewOf(stage: Stage, shop: Shop, id: string): Promise<ConnectionView> {
  const { body, status, text } = await stage.ask<ConnectionView>("GET", `${base}/${id}`, shop.owner.cookie);
  expect(status, text).toBe(200);
  return body;
}

export async function listOf(stage: Stage, shop: Shop): Promise<ConnectionView[]> {
  const { body } = await stage.ask<{ connections: ConnectionView[] }>("GET", base, shop.owner.cookie);
  return body.connections;
}

export function save(stage: Stage, shop: Shop, id: string, body: unknown): Promise<Answered<ConnectionView>> {
  return stage.ask<ConnectionView>("PATCH", `${base}/${id}`, shop.owner.cookie, body);
}

/** What is told to be wrong with settings, by their names. */
export async function refusedSettings(stage: Stage, channel: string, settings: Record<string, string>) {
  const shop = await stage.shop();
  const body = { channel, name: "Mine", agentId: shop.agentId, settings };
  const refused = await stage.ask<Refused>("POST", base, shop.owner.cookie, body);
  expect([refused.status, refused.body.error.code]).toEqual([400, "invalid"]);
  const fields = refused.body.error.details?.fields ?? {};
  for (const words of Object.values(fields)) expect(refused.body.error.message).toContain(words);
  return fields;
}

/** Has Kim write over a connection of a company's own system; answers the status. */
export function kimSays(stage: Stage, path: string, secret: string, content = "Hello"): Promise<number> {
  return post(
    stage,
    path,
    customMessage(secret, { id: crypto.randomUUID(), sender: { id: "kim" }, content }),
  );
}
