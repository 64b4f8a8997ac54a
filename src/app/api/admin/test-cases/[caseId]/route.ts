import { SaveTestCaseBody, TestCasePath, TestCaseView } from "#contracts/copilot";
import { route } from "#http/route";
import { may } from "#http/who";
import { noteInAudit } from "#services/accounts";
import { deleteTestCase, saveTestCase } from "#services/copilot";

const who = may("articles:write");

export const PATCH = route(
  { who, params: TestCasePath, body: SaveTestCaseBody, answer: TestCaseView },
  async ({ who, params: { caseId }, body }) => {
    const saved = await saveTestCase(who, caseId, body);
    await noteInAudit(who, "test_case.saved", caseId);
    return saved;
  },
);
export const DELETE = route({ who, params: TestCasePath }, async ({ who, params: { caseId } }) => {
  await deleteTestCase(who, caseId);
  await noteInAudit(who, "test_case.deleted", caseId);
});
