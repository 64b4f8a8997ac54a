import type { CopilotPorts } from "#services/copilot";
import { listCanned } from "#services/desk";
import { configuredModel } from "./configured-model.ts";

/** What this process gives the co-pilot to help with. */
export function copilotPorts(): CopilotPorts {
  return { model: configuredModel(), canned: listCanned };
}
