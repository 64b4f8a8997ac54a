import { PageQuery } from "#contracts/connections";
import { StrayCallPage } from "#contracts/telephony";
import { route } from "#http/route";
import { may } from "#http/who";
import { listStrayCalls } from "#services/telephony";

export const GET = route(
  { who: may("connections:read"), query: PageQuery, answer: StrayCallPage },
  ({ who, query }) => listStrayCalls(who, query),
);
