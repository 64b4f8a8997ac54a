import { AppError } from "#lib/errors";
import { header } from "./read-body.ts";

/** What a request uploads: its bytes, the kind it claims to be, and its name from `X-File-Name` (percent-encoded). */
export function uploadOf(request: Request, bytes: Buffer, by: string) {
  return {
    name: decoded(header(request, "x-file-name") ?? "file"),
    mediaType: header(request, "content-type") ?? "application/octet-stream",
    bytes,
    by,
  };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name).slice(0, 500);
  } catch (cause) {
    throw new AppError("invalid", "The file name is not percent-encoded.", { cause });
  }
}
