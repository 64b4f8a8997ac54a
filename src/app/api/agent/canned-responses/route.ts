import { CannedBody, CannedList, CannedResponse } from "#contracts/desk-tools";
import { route } from "#http/route";
import { operator } from "#http/who";
import { createCanned, listCanned } from "#services/desk";

export const GET = route({ who: operator, answer: CannedList }, async ({ who }) => ({
  responses: await listCanned(who),
}));

export const POST = route(
  { who: operator, body: CannedBody, answer: CannedResponse, status: 201 },
  ({ who, body }) => createCanned(who, body),
);
