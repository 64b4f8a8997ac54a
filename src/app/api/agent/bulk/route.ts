import { BulkAnswer, BulkBody } from "#contracts/desk-tools";
import { route } from "#http/route";
import { operator } from "#http/who";
import { changeMany } from "#services/chat";

export const POST = route({ who: operator, body: BulkBody, answer: BulkAnswer }, ({ who, body }) =>
  changeMany(who, body),
);
