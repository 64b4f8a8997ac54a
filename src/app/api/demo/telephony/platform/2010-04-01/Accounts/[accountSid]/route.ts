import { route } from "#http/route";
import { visitor } from "#http/who";
import { tellAccount } from "#services/telephony";

export const GET = route({ who: visitor }, ({ request }) => tellAccount(request.headers));
