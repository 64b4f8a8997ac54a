import type { Dimension, NumberId } from "#contracts/analytics";

export const reportNames = [
  "overview",
  "responses",
  "handover",
  "resolution",
  "satisfaction",
  "service",
] as const;
export type ReportName = (typeof reportNames)[number];

/** One report: the numbers on top, the first of them drawn until another is picked, and what each can be split by. */
export type ReportShape = {
  label: string;
  numbers: NumberId[];
  splits: Dimension[];
  /** Splits that only one number of it has, and how they are called. */
  panels: { number: NumberId; by: Dimension; title: string }[];
  /** Whether the hours of the week are drawn, and of which number. */
  hours: NumberId | undefined;
};

const usual: Dimension[] = ["channel", "topic", "agent", "team", "operator", "tag"];

/** All reports, in the order of their tabs. */
export const reports: Record<ReportName, ReportShape> = {
  overview: {
    label: "Overview",
    numbers: [
      "conversations",
      "first_response",
      "contained",
      "escalation_rate",
      "handover_wait",
      "resolved_confirmed",
      "resolved_assumed",
      "rating_ai",
      "rating_person",
      "out_of_hours",
    ],
    splits: usual,
    panels: [],
    hours: "conversations",
  },
  responses: {
    label: "Response times",
    numbers: [
      "first_response",
      "first_response_ai",
      "first_response_person",
      "next_response_ai",
      "next_response_person",
    ],
    splits: usual,
    panels: [],
    hours: "first_response_person",
  },
  handover: {
    label: "Escalation and handover",
    numbers: [
      "escalations",
      "escalation_rate",
      "contained",
      "handover_wait",
      "waits_left",
      "person_involved",
      "ai_involved",
      "deflected",
    ],
    splits: usual,
    panels: [
      { number: "escalations", by: "rule", title: "Escalations by rule" },
      { number: "escalations", by: "reason", title: "Escalations by reason" },
    ],
    hours: "escalations",
  },
  resolution: {
    label: "Resolution",
    numbers: [
      "resolved_confirmed",
      "resolved_assumed",
      "resolution_lasted",
      "resolution_time",
      "resolutions",
    ],
    splits: usual,
    panels: [{ number: "resolutions", by: "how", title: "Who says that it is solved" }],
    hours: undefined,
  },
  satisfaction: {
    label: "Satisfaction",
    numbers: ["rating_ai", "rating_person", "rating_answered"],
    splits: usual,
    panels: [
      { number: "rating_ai", by: "score", title: "Ratings of the assistant" },
      { number: "rating_person", by: "score", title: "Ratings of people" },
    ],
    hours: undefined,
  },
  service: {
    label: "Service levels and co-pilot",
    numbers: [
      "sla_kept",
      "sla_broken",
      "first_response_person",
      "next_response_person",
      "copilot_accepted",
      "copilot_replies",
    ],
    splits: usual,
    panels: [
      { number: "sla_kept", by: "policy", title: "Promises kept by service level" },
      { number: "copilot_replies", by: "outcome", title: "What became of suggestions" },
    ],
    hours: "sla_broken",
  },
};
