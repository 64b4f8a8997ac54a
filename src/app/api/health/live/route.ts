import { anyone, route } from "#http/route";

export const GET = route({ who: anyone }, () => ({ ok: true }));
