import { rawBody, route } from "#http/route";
import { visitor } from "#http/who";
import { takeText } from "#services/telephony";

export const POST = route({ who: visitor, body: rawBody, status: 201 }, ({ request, body }) =>
  takeText(request.headers, new URLSearchParams(body.toString())),
);
