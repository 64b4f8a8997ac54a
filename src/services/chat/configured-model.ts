import { env } from "#lib/env";
import { type ModelClient, openaiModel } from "#services/ai";

/** The model that the environment names; none where no key and no address is set. */
export function configuredModel(): ModelClient | undefined {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: model } = env;
  if (apiKey === undefined && baseUrl === undefined) return undefined;
  return openaiModel({ apiKey: apiKey ?? "none", baseUrl, model });
}
