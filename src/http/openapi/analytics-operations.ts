import {
  Breakdown,
  BreakdownQuery,
  FilterChoices,
  Heatmap,
  HeatmapQuery,
  Report,
  ReportQuery,
  RowsPage,
  RowsQuery,
  RowsTableQuery,
  Wall,
} from "#contracts/analytics";
import { SessionPath } from "#contracts/chat";
import { AskedRating, RatingBody, RatingView } from "#contracts/rating";
import type { Operation } from "./operation.ts";

const rated = {
  tag: "Web chat",
  who: "customer",
  path: "/api/chat/[sessionId]/rating",
  params: SessionPath,
} as const;
const reading = { method: "get", tag: "Reports", who: "staff", needs: "conversations:read" } as const;
const at = (rest: string) => `/api/agent/analytics/${rest}`;

/** What customers say of a conversation that ended, and the reports that count it. */
export const analyticsOperations: Operation[] = [
  {
    ...rated,
    method: "get",
    summary: "What the customer was asked last, and their answer",
    answer: AskedRating,
  },
  {
    ...rated,
    method: "post",
    summary: "Rate the conversation",
    description:
      "Once a conversation has ended its customer is asked; the answer can be changed for ten minutes.",
    body: RatingBody,
    answer: RatingView,
    errors: ["conflict"],
  },
  {
    ...reading,
    path: at("report"),
    summary: "Numbers of a range",
    description:
      "Each number carries its definition. `numbers` names those wanted, with commas; left out, all are told.",
    query: ReportQuery,
    answer: Report,
  },
  {
    ...reading,
    path: at("export"),
    summary: "The same as a table for spreadsheets",
    query: ReportQuery,
    answer: "text",
  },
  {
    ...reading,
    path: at("breakdown"),
    summary: "A number split into parts",
    query: BreakdownQuery,
    answer: Breakdown,
  },
  {
    ...reading,
    path: at("heatmap"),
    summary: "A number over the hours of the week",
    query: HeatmapQuery,
    answer: Heatmap,
  },
  {
    ...reading,
    path: at("rows"),
    summary: "The rows that a number rests on",
    query: RowsQuery,
    answer: RowsPage,
  },
  {
    ...reading,
    path: at("rows/export"),
    summary: "The same rows as a table for spreadsheets",
    description: "All of them at once, 10,000 at most.",
    query: RowsTableQuery,
    answer: "text",
  },
  { ...reading, path: at("choices"), summary: "What reports can be narrowed to", answer: FilterChoices },
  { ...reading, path: at("wall"), summary: "How things stand this very moment", answer: Wall },
];
