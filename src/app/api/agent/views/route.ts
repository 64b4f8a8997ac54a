import { SavedView, SavedViewList, ViewBody } from "#contracts/desk-tools";
import { route } from "#http/route";
import { person } from "#http/who";
import { createView, listViews } from "#services/desk";

export const GET = route({ who: person(), answer: SavedViewList }, async ({ who }) => ({
  views: await listViews(who),
}));

export const POST = route(
  { who: person("conversations:write"), body: ViewBody, answer: SavedView, status: 201 },
  ({ who, body }) => createView(who, body),
);
