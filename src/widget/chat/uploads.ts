import { isAttachment } from "#client/shapes";
import { WireError } from "#client/wire-error";
import type { Attachment } from "#contracts/conversation";
import type { createSession } from "./session.ts";

export const acceptedTypes = [
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "application/pdf",
  "text/plain",
  "text/csv",
  "application/zip",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "audio/mpeg",
  "audio/ogg",
  "video/mp4",
];
export const largestFile = 10_000_000;

/** Why a file cannot be sent, in words for its owner; checked before a byte travels. */
export function refusalOf({ name, type, size }: Pick<File, "name" | "type" | "size">): string | undefined {
  if (size > largestFile) return `${name} is larger than 10 MB.`;
  if (size === 0) return `${name} is empty.`;
  if (!acceptedTypes.includes(type)) return `${name}: pictures, PDF, text and office files can be sent.`;
  return undefined;
}

export type Uploading = { done: Promise<Attachment>; cancel: () => void };

/** What sends files in the conversation that the window shows. */
export function createUploads(session: Pick<ReturnType<typeof createSession>, "use" | "api">) {
  return {
    /** Sends a file, telling its progress from 0 to 1, and once more where the right has ended meanwhile. */
    upload(file: File, onProgress: (share: number) => void): Uploading {
      let cancel = () => {};
      const done = session.use((sessionId) => {
        const address = session.api.url(sessionId, "attachments");
        const uploading = transfer(address, session.api.headers(), file, onProgress);
        cancel = uploading.cancel;
        return uploading.done;
      });
      return { done, cancel: () => cancel() };
    },
  };
}

function transfer(
  address: string,
  headers: Record<string, string>,
  file: File,
  onProgress: (share: number) => void,
): Uploading {
  // fetch cannot tell how much of a body has left.
  const request = new XMLHttpRequest();
  const done = new Promise<Attachment>((resolve, reject) => {
    request.open("POST", address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.setRequestHeader("content-type", file.type);
    request.setRequestHeader("x-file-name", encodeURIComponent(file.name));
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status < 300 && isAttachment(request.response)) resolve(request.response);
      else reject(refusal(request));
    };
    request.onerror = () => reject(new Error("The file could not be sent: the server cannot be reached."));
    request.onabort = () => reject(new Error("cancelled"));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}

function refusal({ status, response }: XMLHttpRequest): WireError {
  return new WireError("refused", said(response) ?? "The file could not be sent.", { status });
}

function said(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("error" in body)) return undefined;
  const { error } = body;
  if (typeof error !== "object" || error === null || !("message" in error)) return undefined;
  return typeof error.message === "string" ? error.message : undefined;
}
