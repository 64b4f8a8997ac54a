import type { CannedResponse } from "#contracts/desk-tools";
import type { Staff } from "#services/accounts";
import type { ModelClient } from "#services/ai";

/** A canned response, as far as a suggestion needs it. */
export type CannedText = Pick<CannedResponse, "id" | "title" | "text">;

/** What the co-pilot is given from above: the model, where one is connected, and the responses that operators keep. */
export type CopilotPorts = {
  model: ModelClient | undefined;
  canned(who: Staff): Promise<CannedText[]>;
};
