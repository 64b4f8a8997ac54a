import { env } from "#lib/env";

/** Where what was recorded of a call is heard, by those who may read its conversation. */
export function recordingAddress(callId: string): string {
  return `${env.PUBLIC_BASE_URL}/api/agent/calls/${callId}/recording`;
}
