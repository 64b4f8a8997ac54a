import { health } from "#http/health";
import { anyone, route } from "#http/route";

export const GET = route({ who: anyone }, async () => {
  const found = await health();
  return Response.json(found, { status: found.ok ? 200 : 503 });
});
