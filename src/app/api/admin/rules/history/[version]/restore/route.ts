import { RestoreBody, RuleDraft, VersionPath } from "#contracts/rules";
import { route } from "#http/route";
import { may } from "#http/who";
import { restoreVersion } from "#services/escalation";

export const POST = route(
  { who: may("rules:write"), params: VersionPath, body: RestoreBody, answer: RuleDraft },
  ({ who, params, body }) => restoreVersion(who, params.version, body.revision),
);
