import { openApiDocument } from "#http/openapi/document";
import { anyone, route } from "#http/route";

export const GET = route({ who: anyone }, () => openApiDocument());
