import { answerAuth } from "#http/auth-door";
import { rawBody, route } from "#http/route";
import { visitor } from "#http/who";

const spec = { who: visitor, limits: { bytes: 16 * 1024 } };

export const GET = route(spec, ({ request, ip }) => answerAuth(request, undefined, ip));
export const POST = route({ ...spec, body: rawBody }, ({ request, body, ip }) =>
  answerAuth(request, body, ip),
);
