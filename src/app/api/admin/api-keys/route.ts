import { CreateKeyBody } from "#contracts/admin";
import { route } from "#http/route";
import { may } from "#http/who";
import { createApiKey, listApiKeys } from "#services/accounts";

export const GET = route({ who: may("keys:write") }, async ({ who }) => ({ keys: await listApiKeys(who) }));
export const POST = route({ who: may("keys:write"), body: CreateKeyBody, status: 201 }, ({ who, body }) =>
  createApiKey(who, body),
);
