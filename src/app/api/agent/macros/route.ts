import { Macro, MacroBody, MacroList } from "#contracts/desk-tools";
import { route } from "#http/route";
import { operator } from "#http/who";
import { createMacro, listMacros } from "#services/desk";

export const GET = route({ who: operator, answer: MacroList }, async ({ who }) => ({
  macros: await listMacros(who),
}));

export const POST = route({ who: operator, body: MacroBody, answer: Macro, status: 201 }, ({ who, body }) =>
  createMacro(who, body),
);
