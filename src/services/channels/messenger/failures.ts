import type { Meanings } from "#channels/meta/failures";

const window = "The customer last wrote too long ago: Messenger takes no answer until they write again.";
const unavailable = "This person receives no messages from the Page at the moment.";

/** Messenger's error codes (Meta, "Messenger Platform: common error codes"). */
export const meanings: Meanings = {
  "1200": { kind: "passing", words: "Messenger could not send it for the moment." },
  "80006": { kind: "passing", words: "Messenger asks to send more slowly." },
  "3": { kind: "permanent", words: "The app may not use Messenger's Send API: see its App Review." },
  "10": {
    kind: "permanent",
    words: "The app may not send this for the Page; after 24 hours it needs Meta's permission Human Agent.",
  },
  "10/2018278": { kind: "permanent", words: window },
  "10/2018065": { kind: "permanent", words: window },
  "10/2018034": { kind: "permanent", words: window },
  "10/2018108": { kind: "permanent", words: unavailable },
  "100": { kind: "permanent", words: "Messenger does not accept the message." },
  "100/2018001": { kind: "permanent", words: "Messenger does not know this person on this Page." },
  "100/2018007": { kind: "permanent", words: "Messenger could not load the file." },
  "100/2018008": { kind: "permanent", words: "Messenger could not load the file." },
  "100/2018047": { kind: "permanent", words: "Messenger does not accept a file of this kind." },
  "100/2018278": { kind: "permanent", words: window },
  "200": { kind: "permanent", words: "The app has no permission to send for the Page." },
  "200/1545041": { kind: "permanent", words: unavailable },
  "230": { kind: "permanent", words: "The app needs the permission pages_messaging." },
  "551": { kind: "permanent", words: unavailable },
};
