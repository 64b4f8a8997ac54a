import { SessionPath } from "#contracts/chat";
import { RatingBody } from "#contracts/rating";
import { preflight } from "#http/cors";
import { customer, sessionCors } from "#http/customer";
import { route } from "#http/route";
import { customerRates, customerRating } from "#services/chat";

const asked = { who: customer("session"), params: SessionPath, cors: sessionCors };

export const GET = route(asked, ({ who }) => customerRating(who));

export const POST = route({ ...asked, body: RatingBody }, ({ who, body }) => customerRates(who, body));

export const OPTIONS = preflight(sessionCors);
