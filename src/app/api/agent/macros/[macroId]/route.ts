import { Macro, MacroBody, MacroPath } from "#contracts/desk-tools";
import { route } from "#http/route";
import { operator } from "#http/who";
import { changeMacro, removeMacro } from "#services/desk";

export const PUT = route(
  { who: operator, params: MacroPath, body: MacroBody, answer: Macro },
  ({ who, params, body }) => changeMacro(who, params.macroId, body),
);

export const DELETE = route({ who: operator, params: MacroPath }, ({ who, params }) =>
  removeMacro(who, params.macroId),
);
