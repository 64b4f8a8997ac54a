import { type NumberId, ReportQuery, RowsQuery } from "#contracts/analytics";
import { withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { factRows, report } from "#services/analytics";
import { aCompany, anOperator } from "#support/company";
import { aHistory, type Line } from "#support/history";

export const day = 24 * 60 * 60;
export const monday = new Date("2026-03-02T10:30:00.000Z");
export const later = new Date(monday.getTime() + 30 * day * 1_000);
export const march = { from: "2026-03-01", to: "2026-03-31" };

export type Counted = Awaited<ReturnType<typeof aCountedCompany>>;

/** A company of which everything is counted in March 2026, as it is known when the month is long over. */
export async function aCountedCompany() {
  const company = await aCompany();
  const { companyId } = company;
  const anna = await anOperator(companyId);
  const escalated = (rule: string): Line[] => [
    [0, "asks"],
    [5, "agent"],
    [20, { move: "escalate", state: "WAITING_HUMAN", reason: "keyword", rule }],
    [80, { move: "accept", state: "WITH_HUMAN", by: anna }],
    [110, { replies: anna }],
    [600, { move: "resolve", state: "RESOLVED", by: anna }],
  ];
  return {
    company,
    anna,
    escalated,
    /** Three conversations: one the assistant answers, one that goes to a person, one that nobody answers. */
    async three() {
      const answered = await aHistory(company, monday, [
        [0, "asks"],
        [4, "agent"],
        [30, "asks"],
        [36, "agent"],
      ]);
      const tuesday = new Date(monday.getTime() + day * 1_000);
      const passed = await aHistory(company, tuesday, escalated("Refunds"));
      const silent = await aHistory(company, monday, [[0, "asks"]]);
      return { answered, passed, silent };
    },
    async numbers(query: Record<string, unknown> = {}, now = later) {
      const found = await report(company, ReportQuery.parse({ ...march, ...query }), now);
      return Object.fromEntries(found.numbers.map((number) => [number.id, number]));
    },
    async rowsOf(number: NumberId, query: Record<string, unknown> = {}) {
      return (await factRows(company, RowsQuery.parse({ ...march, number, ...query }), later)).rows;
    },
    async rated(conversationId: string, of: "ai" | "human", score: number, comment?: string) {
      const asked = { id: newId(), companyId, conversationId, of, name: "Anna", messageId: newId() };
      const given = { score, comment, askedAt: monday, givenAt: monday };
      await withCompany(companyId, (tx) => tx.rating.create({ data: { ...asked, ...given } }));
    },
    async promised(conversationId: string, kind: string, { met }: { met: boolean }) {
      const policy = { policyName: "Gold", policyVersion: 1, minutes: 5 };
      const fate = met ? { metAt: monday } : { breachedAt: monday };
      await withCompany(companyId, (tx) =>
        tx.slaClock.create({
          data: { companyId, conversationId, kind, startedAt: monday, ...policy, ...fate },
        }),
      );
    },
    async suggested(conversationId: string, outcomes: string[]) {
      const [messageId, operatorId] = [newId(), anna.userId];
      const shown = {
        topic: "General",
        kind: "passages",
        text: "Try this",
        confidence: 0.5,
        shownAt: monday,
      };
      await withCompany(companyId, (tx) =>
        tx.suggestion.createMany({
          data: outcomes.map((outcome) => ({
            id: newId(),
            companyId,
            conversationId,
            forSeq: 1,
            operatorId,
            ...shown,
            outcome,
            messageId,
            decidedAt: monday,
          })),
        }),
      );
    },
  };
}
