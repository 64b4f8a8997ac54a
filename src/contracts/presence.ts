import { z } from "zod";

export const PresenceBody = z.object({ status: z.enum(["online", "away"]) });

/** A window tells that it is in sight, or open and out of sight; the answer is how its operator stands. */
export const LookingBody = z.object({ visible: z.boolean() });
export const LookingAnswer = z.object({ status: PresenceBody.shape.status });
