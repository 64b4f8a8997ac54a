import { LetterPath, LetterQuery } from "#contracts/notifications";
import { route } from "#http/route";
import { visitor } from "#http/who";
import { refusalPage, refuseLetters } from "#services/notifications";

const link = { who: visitor, params: LetterPath, query: LetterQuery };

// Mail programs look at links by themselves: only a POST refuses (RFC 8058).
export const GET = route(link, ({ params, query }) => refusalPage({ ...params, ...query }));
export const POST = route(link, ({ params, query }) => refuseLetters({ ...params, ...query }));
