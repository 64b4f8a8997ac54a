import { z } from "zod";
import { docsFile } from "#http/openapi/docs-page";
import { anyone, route } from "#http/route";

const params = z.object({ file: z.array(z.string()).default([]) });

export const GET = route({ who: anyone, params }, ({ params }) => docsFile(params.file));
