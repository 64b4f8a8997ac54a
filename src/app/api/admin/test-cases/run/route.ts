import { TestRunProgress } from "#contracts/copilot";
import { route } from "#http/route";
import { may } from "#http/who";
import { askTestRun, stopTestRun, testRunProgress } from "#services/copilot";

const who = may("articles:write");

export const GET = route({ who: may("articles:read"), answer: TestRunProgress }, ({ who }) =>
  testRunProgress(who),
);
export const POST = route({ who, answer: TestRunProgress, status: 201 }, ({ who }) => askTestRun(who));
export const DELETE = route({ who }, ({ who }) => stopTestRun(who));
