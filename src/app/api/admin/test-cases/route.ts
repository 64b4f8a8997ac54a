import { CaseListQuery, NewTestCase, TestCasePage, TestCaseView } from "#contracts/copilot";
import { route } from "#http/route";
import { may, operator } from "#http/who";
import { noteInAudit } from "#services/accounts";
import { addTestCase, listTestCases } from "#services/copilot";

export const GET = route(
  { who: may("articles:read"), query: CaseListQuery, answer: TestCasePage },
  ({ who, query }) => listTestCases(who, query),
);
// Whoever answers customers may correct the AI; only who answers for its articles changes or removes cases.
export const POST = route(
  { who: operator, body: NewTestCase, answer: TestCaseView, status: 201 },
  async ({ who, body }) => {
    const made = await addTestCase(who, body);
    await noteInAudit(who, "test_case.saved", made.id);
    return made;
  },
);
