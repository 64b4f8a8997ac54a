import { route } from "#http/route";
import { visitor } from "#http/who";
import { tellVoiceAgent } from "#services/telephony";

export const GET = route({ who: visitor }, ({ request }) => tellVoiceAgent(request.headers));
