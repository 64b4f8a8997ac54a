import { type EventName, eventNames } from "#contracts/events";

/** One frame of an event stream, before it is bytes. */
export type Frame = {
  /** The cursor: at most 128 characters that a cross-origin `Last-Event-ID` may carry without a preflight. */
  id?: string;
  event?: EventName;
  /** Any JSON value; it is written as JSON, so it can never break the frame. */
  data?: unknown;
  /** Milliseconds a client waits before it comes back. */
  retry?: number;
  comment?: string;
};

/** Encodes a frame to the bytes of an event stream. Throws a RangeError if its id or event may not be written. */
export function encodeFrame(frame: Frame): Buffer {
  return Buffer.from(frameText(frame), "utf8");
}

/** Says whether a text may be a frame's id: 1 to 128 characters, none of which costs a CORS preflight. */
export function isFrameId(id: string): boolean {
  return frameId.test(id);
}

/** Draws the milliseconds a client should wait before it comes back: 1 to 3 seconds, so that not all come at once. */
export function jitteredRetry(random: number = Math.random()): number {
  return 1_000 + Math.floor(random * 2_000);
}

const frameId = /^[A-Za-z0-9!#$%&'*+,./;=^_`|~-]{1,128}$/;
const names: ReadonlySet<string> = new Set(eventNames);

function frameText({ id, event, data, retry, comment }: Frame): string {
  let text = "";
  if (comment !== undefined) text += `: ${comment.replace(/[\r\n]+/g, " ")}\n`;
  if (retry !== undefined) text += `retry: ${wholeNumber(retry)}\n`;
  if (id !== undefined) text += `id: ${checkedId(id)}\n`;
  if (event !== undefined) text += `event: ${checkedEvent(event)}\n`;
  if (data !== undefined) text += `data: ${JSON.stringify(data)}\n`;
  return `${text}\n`;
}

function checkedId(id: string): string {
  if (!isFrameId(id))
    throw new RangeError("A frame id holds a character or length that a stream must not carry.");
  return id;
}

function checkedEvent(event: string): string {
  if (!names.has(event)) throw new RangeError("A frame's event is not in the closed list of stream events.");
  return event;
}

function wholeNumber(milliseconds: number): number {
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) {
    throw new RangeError("A frame's retry is a whole number of milliseconds.");
  }
  return milliseconds;
}
