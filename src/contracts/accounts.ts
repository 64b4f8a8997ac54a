import { z } from "zod";
import { OperatorView } from "./operator.ts";
import { Id, Text } from "./primitives.ts";

/** What a member of a company may be; `docs` and the settings page show what each may do. */
export const Role = z.enum(["owner", "admin", "operator"]);
export type Role = z.infer<typeof Role>;

const line = (most: number, missing: string) =>
  Text.transform((value) => value.trim()).pipe(
    z.string().min(1, missing).max(most, `Use at most ${most} letters.`),
  );

export const PersonName = line(100, "Please enter a name.");
export const CompanyName = line(100, "Please enter the company's name.");
export const Email = z
  .email("Please enter an e-mail address such as you@example.com.")
  .max(320)
  .transform((value) => value.toLowerCase());
export const Password = z
  .string()
  .min(10, "Use at least 10 characters.")
  .max(128, "Use at most 128 characters.");

/** The first company and its owner; answered only while nobody can sign in. */
export const SetupBody = z.object({
  company: CompanyName,
  name: PersonName,
  email: Email,
  password: Password,
});
export type SetupBody = z.infer<typeof SetupBody>;

export const SetupDone = z.object({ companyId: Id, userId: Id, agentId: Id });
export type SetupDone = z.infer<typeof SetupDone>;

/** Accepts an invitation: with a name and a password where the invited person has no account yet. */
export const AcceptInvitationBody = z.object({
  name: PersonName.optional(),
  password: Password.optional(),
});
export type AcceptInvitationBody = z.infer<typeof AcceptInvitationBody>;

export const ChangePasswordBody = z.object({
  current: z.string().max(128).optional(),
  password: Password,
});

/** Who is signed in, where, and what they may do. */
export const Me = z.object({
  operator: OperatorView,
  company: z.object({ id: Id, name: z.string(), demo: z.boolean() }),
  permissions: z.array(z.string()),
});
export type Me = z.infer<typeof Me>;
