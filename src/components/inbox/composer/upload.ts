import { asWireError, readWireError, WireError } from "#client/wire-error";
import { Attachment } from "#contracts/conversation";

/** A file on its way, with a way to stop it. */
export type Upload = { done: Promise<Attachment>; cancel: () => void };

/** Sends a file and tells how far it is, from 0 to 1. `fetch` cannot tell that. */
export function upload(url: string, file: File, onProgress: (part: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Attachment>((resolve, reject) => {
    request.open("POST", url);
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.setRequestHeader("x-file-name", encodeURIComponent(file.name));
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) onProgress(loaded / total);
    };
    request.onerror = () => reject(asWireError(undefined));
    request.onabort = () => reject(new WireError("cancelled", "The upload was stopped."));
    request.onload = () => resolve(answerOf(request));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}

async function answerOf({ status, responseText }: XMLHttpRequest): Promise<Attachment> {
  const response = new Response(responseText, { status });
  if (!response.ok) throw await readWireError(response);
  return Attachment.parse(await response.json());
}
