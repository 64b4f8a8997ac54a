import type { z } from "zod";
import type { ErrorCode } from "#lib/errors";
import type { Permission } from "#services/accounts";

/** One method of one address, in the words of the API description. */
export type Operation = {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** As the App Router writes it, such as `/api/chat/[sessionId]/message`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  /** Nobody in particular, a customer by session token, or somebody of the company. */
  who: "anyone" | "customer" | "person" | "staff";
  /** The right that staff need. */
  needs?: Permission;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType | "bytes";
  /** What a good answer holds; nothing for 204. */
  answer?: z.ZodType | "stream" | "bytes" | "text" | "redirect";
  status?: 200 | 201 | 303;
  /** What can go wrong beyond what follows from the rest. */
  errors?: ErrorCode[];
};
