import { MacroPath, MacroRun, MacroRunBody } from "#contracts/desk-tools";
import { route } from "#http/route";
import { operator } from "#http/who";
import { runActions } from "#services/chat";
import { countMacroUse, findMacro } from "#services/desk";

export const POST = route(
  { who: operator, params: MacroPath, body: MacroRunBody, answer: MacroRun },
  async ({ who, params: { macroId }, body }) => {
    const { actions } = await findMacro(who, macroId);
    const run = await runActions(who, body, actions);
    await countMacroUse(who, macroId);
    return run;
  },
);
