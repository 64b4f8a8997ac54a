import {
  AskBacktestBody,
  BacktestPage,
  BacktestPath,
  BacktestsQuery,
  BacktestView,
  ChangedPage,
  ChangedQuery,
} from "#contracts/backtests";
import { RuleSet } from "#contracts/escalation";
import {
  CompareQuery,
  DraftQuery,
  PublishDraftBody,
  RestoreBody,
  RuleDraft,
  RuleHistory,
  RuleHistoryQuery,
  RuleVersionDetail,
  SaveDraftBody,
  TestedRules,
  TestRulesBody,
  VersionPath,
} from "#contracts/rules";
import type { Operation } from "./operation.ts";

const at = (path: string) => ({ tag: "Settings", who: "staff", path: `/api/admin/rules/${path}` }) as const;
const reading = (path: string) => ({ ...at(path), needs: "rules:read" }) as const;
const writing = (path: string) => ({ ...at(path), needs: "rules:write" }) as const;

/** What the page of the escalation rules calls: draft, history, test box and time machine. */
export const ruleOperations: Operation[] = [
  { ...reading("draft"), method: "get", summary: "The draft of the escalation rules", answer: RuleDraft },
  {
    ...writing("draft"),
    method: "put",
    summary: "Save the draft",
    body: SaveDraftBody,
    answer: RuleDraft,
    errors: ["conflict"],
  },
  {
    ...writing("draft"),
    method: "delete",
    summary: "Throw the draft away",
    query: DraftQuery,
    answer: RuleDraft,
    errors: ["conflict"],
  },
  {
    ...writing("draft/publish"),
    method: "post",
    summary: "Publish the draft as the next version",
    body: PublishDraftBody,
    answer: RuleSet,
    errors: ["conflict", "not_found"],
  },
  {
    ...reading("history"),
    method: "get",
    summary: "List the published versions",
    query: RuleHistoryQuery,
    answer: RuleHistory,
  },
  {
    ...reading("history/[version]"),
    method: "get",
    summary: "A version, and what changed to it",
    params: VersionPath,
    query: CompareQuery,
    answer: RuleVersionDetail,
  },
  {
    ...writing("history/[version]/restore"),
    method: "post",
    summary: "Copy a version into the draft",
    params: VersionPath,
    body: RestoreBody,
    answer: RuleDraft,
    errors: ["conflict"],
  },
  {
    ...reading("test"),
    method: "post",
    summary: "Try rules on a message or a conversation",
    body: TestRulesBody,
    answer: TestedRules,
    errors: ["not_found"],
  },
  {
    ...reading("backtests"),
    method: "get",
    summary: "List runs of the time machine",
    query: BacktestsQuery,
    answer: BacktestPage,
  },
  {
    ...writing("backtests"),
    method: "post",
    summary: "Run rules over past conversations",
    body: AskBacktestBody,
    answer: BacktestView,
    status: 201,
    errors: ["conflict", "not_found"],
  },
  {
    ...reading("backtests/[backtestId]"),
    method: "get",
    summary: "A run, its progress and its report",
    params: BacktestPath,
    answer: BacktestView,
  },
  {
    ...writing("backtests/[backtestId]"),
    method: "delete",
    summary: "Cancel a run",
    params: BacktestPath,
    answer: BacktestView,
  },
  {
    ...reading("backtests/[backtestId]/conversations"),
    method: "get",
    summary: "The conversations that a run found changed",
    params: BacktestPath,
    query: ChangedQuery,
    answer: ChangedPage,
  },
];
