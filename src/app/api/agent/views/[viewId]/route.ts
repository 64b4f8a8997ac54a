import { SavedView, ViewBody, ViewPath } from "#contracts/desk-tools";
import { route } from "#http/route";
import { person } from "#http/who";
import { changeView, removeView } from "#services/desk";

export const PUT = route(
  { who: person("conversations:write"), params: ViewPath, body: ViewBody, answer: SavedView },
  ({ who, params, body }) => changeView(who, params.viewId, body),
);

export const DELETE = route({ who: person("conversations:write"), params: ViewPath }, ({ who, params }) =>
  removeView(who, params.viewId),
);
