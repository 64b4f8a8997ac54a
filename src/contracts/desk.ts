import { z } from "zod";
import { Role } from "./accounts.ts";
import { Due, Language, Word } from "./attributes.ts";
import { OperatorRef } from "./conversation.ts";
import { Id, Moment, Text } from "./primitives.ts";

const name = (missing: string) =>
  Text.pipe(z.string().trim().min(1, missing).max(60, "Use at most 60 letters."));
const version = z.number().int().positive().max(2_147_483_647);
const People = z.array(Id).max(500);

// Teams ------------------------------------------------------------------------------------------------------

export const TeamBody = z.object({
  name: name("Name this team."),
  /** Who is in it, whole; left out, nobody comes or goes. */
  members: People.optional(),
  /** Hours of its own; `null` for those of the company. */
  scheduleId: Id.nullable().optional(),
});
export type TeamBody = z.infer<typeof TeamBody>;
export const SaveTeamBody = TeamBody.partial();
export type SaveTeamBody = z.infer<typeof SaveTeamBody>;

export const TeamPath = z.object({ teamId: Id });

export const TeamView = z.object({
  id: Id,
  name: z.string(),
  members: z.array(OperatorRef),
  scheduleId: Id.optional(),
  /** How many conversations wait for it, and how many its queue and people hold together. */
  waiting: z.number().int(),
  open: z.number().int(),
  /** What somebody should know, such as that nobody is in it. */
  warning: z.string().optional(),
  createdAt: Moment,
});
export type TeamView = z.infer<typeof TeamView>;
export const TeamList = z.object({ teams: z.array(TeamView) });

/** What became of the conversations of a team that is gone: they wait for everyone. */
export const TeamRemoved = z.object({ conversations: z.number().int() });

// Operators: what each can do, and how much of it at once ------------------------------------------------------

export const Skill = z.object({ name: Word, level: z.number().int().min(1).max(5).default(1) });
export type Skill = z.infer<typeof Skill>;

export const OperatorDeskBody = z.object({
  /** How many conversations are given to them at once; 0 for none. */
  capacity: z.number().int().min(0).max(100),
  /** Empty for any language. */
  languages: z.array(Language).max(20),
  skills: z
    .array(Skill)
    .max(50, "Use at most fifty skills.")
    .refine(
      (all) => new Set(all.map((skill) => skill.name)).size === all.length,
      "A skill stands here twice.",
    ),
  /** The teams they are in, whole; left out, they stay. */
  teamIds: z.array(Id).max(100).optional(),
});
export type OperatorDeskBody = z.infer<typeof OperatorDeskBody>;

export const OperatorPath = z.object({ userId: Id });

/** An operator with what routing knows of them. */
export const OperatorDesk = OperatorRef.extend({
  email: z.string(),
  role: Role,
  capacity: z.number().int(),
  languages: z.array(z.string()),
  skills: z.array(Skill),
  teams: z.array(z.object({ id: Id, name: z.string() })),
  status: z.enum(["online", "away", "offline"]),
  seenAt: Moment.optional(),
  /** Conversations they hold that are not snoozed. */
  load: z.number().int(),
});
export type OperatorDesk = z.infer<typeof OperatorDesk>;
export const OperatorDeskList = z.object({ operators: z.array(OperatorDesk) });

// Service levels -----------------------------------------------------------------------------------------------

const names = (most: number) => z.array(Text.pipe(z.string().trim().min(1).max(60))).max(most);

/** Which conversations a policy is for: all that every given list allows. */
export const PolicyMatch = z.object({
  channels: names(20).optional(),
  teams: z.array(Id).max(100).optional(),
  topics: names(100).optional(),
  tags: z.array(Word).max(100).optional(),
});
export type PolicyMatch = z.infer<typeof PolicyMatch>;

/** At most sixty days, in minutes. */
const Minutes = z
  .number()
  .int("Use whole minutes.")
  .min(1, "Allow at least one minute.")
  .max(86_400, "Allow at most sixty days.");

export const PolicyTargets = z
  .object({
    /** From the moment a person is asked for to a person's first words. */
    firstResponse: Minutes.optional(),
    /** From the customer's words to a person's next. */
    nextResponse: Minutes.optional(),
    /** From the moment a person is asked for to the end, without the time the customer took. */
    resolution: Minutes.optional(),
  })
  .refine(
    ({ firstResponse, nextResponse, resolution }) => firstResponse ?? nextResponse ?? resolution,
    "Promise at least one of first response, next response and resolution.",
  );
export type PolicyTargets = z.infer<typeof PolicyTargets>;

/** Whose hours the clocks keep: the team's or else the company's, a named schedule, or every minute of the week. */
export const PolicyHours = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("office") }),
  z.object({ kind: z.literal("schedule"), scheduleId: Id }),
  z.object({ kind: z.literal("always") }),
]);
export type PolicyHours = z.infer<typeof PolicyHours>;

export const SlaPolicyBody = z.object({
  name: name("Name this policy."),
  enabled: z.boolean().default(true),
  /** The first enabled policy that matches holds; the smallest number is asked first. */
  position: z.number().int().min(0).max(1_000).default(0),
  match: PolicyMatch.default({}),
  targets: PolicyTargets,
  hours: PolicyHours.default({ kind: "office" }),
  version: version.optional(),
});
export type SlaPolicyBody = z.infer<typeof SlaPolicyBody>;

export const SlaPolicyPath = z.object({ policyId: Id });

export const SlaPolicyView = SlaPolicyBody.extend({
  id: Id,
  version,
  /** Clocks that run under it now, and how many of the last 30 days' were kept and broken. */
  running: z.number().int(),
  met: z.number().int(),
  breached: z.number().int(),
  /** What somebody should know, such as that its hours are never open. */
  warning: z.string().optional(),
  updatedAt: Moment,
});
export type SlaPolicyView = z.infer<typeof SlaPolicyView>;
export const SlaPolicyList = z.object({ policies: z.array(SlaPolicyView) });

/** What became of the clocks of a policy that is gone: another policy's, or ended. */
export const PolicyRemoved = z.object({ clocks: z.number().int() });

// Routing ------------------------------------------------------------------------------------------------------

/** Whom a step of the acceptance chain tells. An operator that is not named is the one routing finds best. */
export const ChainTarget = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("operator"), operatorId: Id.optional() }),
  z.object({ kind: z.literal("team"), teamId: Id }),
  z.object({ kind: z.literal("push") }),
  z.object({ kind: z.literal("email") }),
]);
export type ChainTarget = z.infer<typeof ChainTarget>;

/** One step: whom it tells, and for how long nothing else happens. */
export const ChainStep = z.object({
  to: ChainTarget,
  seconds: z
    .number()
    .int()
    .min(5, "Give people at least five seconds.")
    .max(86_400, "Wait at most a day at each step."),
});
export type ChainStep = z.infer<typeof ChainStep>;

/**
 * `manual`: people claim. `automatic`: the best free operator gets it at once. `offer`: it is offered along the chain,
 * and whoever accepts first has it. The chain runs in every mode for what nobody has.
 */
export const RoutingMode = z.enum(["manual", "automatic", "offer"]);
export type RoutingMode = z.infer<typeof RoutingMode>;

export const RoutingSettings = z.object({
  mode: RoutingMode.default("manual"),
  /** Who spoke with a customer last is asked first. */
  lastOperatorFirst: z.boolean().default(true),
  /** After so long, team, skills and language are only wishes; `null` for never. */
  overflowAfterSeconds: z
    .number()
    .int()
    .min(0)
    .max(604_800, "Choose a week at most.")
    .nullable()
    .default(300),
  /** For how long nobody is told before the chain begins. */
  chainAfterSeconds: z.number().int().min(0).max(86_400, "Choose a day at most.").default(0),
  chain: z.array(ChainStep).max(20, "Use at most twenty steps.").default([]),
  /** An operator of whom nothing was seen for so long gives back what waits for their answer; `null` for never. */
  vanishAfterSeconds: z
    .number()
    .int()
    .min(60, "Choose a minute at least.")
    .max(86_400, "Choose a day at most.")
    .nullable()
    .default(120),
});
export type RoutingSettings = z.infer<typeof RoutingSettings>;

export const SaveRoutingBody = RoutingSettings.extend({
  /** The version that was edited, 0 where none was; guards against overwriting somebody else's save. */
  version: z.number().int().nonnegative().max(2_147_483_647).optional(),
});
export type SaveRoutingBody = z.infer<typeof SaveRoutingBody>;

export const RoutingView = RoutingSettings.extend({
  /** 0 until somebody saves. */
  version: z.number().int().nonnegative(),
  /** Steps that are passed over because who stands in them is gone. */
  warnings: z.array(z.string()),
});
export type RoutingView = z.infer<typeof RoutingView>;

/** How good the waits were that customers were told. */
export const EstimateReport = z.object({
  /** Told waits that ended with a person within the last 30 days, the newest 500. */
  samples: z.number().int(),
  /** Half of all estimates were off by less, in minutes. */
  medianErrorMinutes: z.number().optional(),
  /** How much longer (positive) or shorter people waited than they were told, at the median, in minutes. */
  biasMinutes: z.number().optional(),
  recent: z.array(
    z.object({ conversationId: Id, at: Moment, toldMinutes: z.number(), waitedMinutes: z.number() }),
  ),
});
export type EstimateReport = z.infer<typeof EstimateReport>;

// The board ----------------------------------------------------------------------------------------------------

export const QueueEntry = z.object({
  conversationId: Id,
  customer: z.string(),
  channel: z.string(),
  topic: z.string(),
  position: z.number().int().positive(),
  since: Moment,
  estimateMinutes: z.number().int().positive().optional(),
  teamId: Id.optional(),
  skills: z.array(z.string()),
  language: z.string().optional(),
  due: Due.optional(),
  /** Who is asked now, and until when. */
  offered: z.object({ operator: OperatorRef.optional(), until: Moment }).optional(),
});
export type QueueEntry = z.infer<typeof QueueEntry>;

/** The queue of a company as supervisors see it: who waits, and who is there for them. */
export const QueueBoard = z.object({
  waiting: z.number().int(),
  entries: z.array(QueueEntry),
  operators: z.array(OperatorDesk),
  /** The company's hours now; absent where it has none. */
  hours: z.object({ open: z.boolean(), changesAt: Moment.optional(), timeZone: z.string() }).optional(),
  at: Moment,
});
export type QueueBoard = z.infer<typeof QueueBoard>;

// Alerts -------------------------------------------------------------------------------------------------------

/** The job that carries an alert: enqueued in the commit that causes it, handled by whoever notifies operators. */
export const deskAlertTask = "notify.operator";

/** What operators must hear of a conversation. The same key twice is one alert. */
export const DeskAlert = z.object({
  companyId: Id,
  conversationId: Id,
  kind: z.enum(["sla_warning", "sla_breach", "acceptance", "undelivered"]),
  operatorIds: People,
  /** A step of the chain says how; absent where each operator's own choice decides. */
  via: z.enum(["push", "email"]).optional(),
  /** When a clock ends, or until when an offer stands. */
  until: Moment.optional(),
  key: z.string().max(200),
});
export type DeskAlert = z.infer<typeof DeskAlert>;

/** Reads a needed skill: `billing` at any level, `billing:3` at three or more. */
export function neededSkill(word: string): Skill {
  const [, base, level] = /^(.*):([1-5])$/.exec(word) ?? [];
  return base === undefined || base === "" ? { name: word, level: 1 } : { name: base, level: Number(level) };
}

/** Writes a needed skill as conversations carry it. */
export function skillWord({ name: of, level }: Skill): string {
  return level === 1 ? of : `${of}:${level}`;
}
