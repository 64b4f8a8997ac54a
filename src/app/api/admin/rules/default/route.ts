import { route } from "#http/route";
import { may } from "#http/who";
import { defaultRules } from "#services/escalation";

export const GET = route({ who: may("rules:read") }, () => defaultRules());
