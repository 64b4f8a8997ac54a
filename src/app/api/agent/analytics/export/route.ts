import { ReportQuery } from "#contracts/analytics";
import { attachedCsv } from "#http/attached";
import { route } from "#http/route";
import { operator } from "#http/who";
import { report, reportCsv } from "#services/analytics";

export const GET = route({ who: operator, query: ReportQuery }, async ({ who, query }) =>
  attachedCsv(reportCsv(await report(who, query)), "report.csv"),
);
