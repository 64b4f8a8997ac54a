import { FilePath, FileQuery } from "#contracts/channel";
import { route } from "#http/route";
import { visitor } from "#http/who";
import { openLinkedFile } from "#services/chat";

export const GET = route({ who: visitor, params: FilePath, query: FileQuery }, ({ params, query }) =>
  openLinkedFile(params.companyId, params.attachmentId, query),
);
