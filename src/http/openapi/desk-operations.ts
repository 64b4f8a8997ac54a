import { SentMessage } from "#contracts/chat";
import { ContactAttributes, ContactAttributesBody, ContactPath } from "#contracts/contacts";
import {
  AttributesBody,
  BulkAnswer,
  BulkBody,
  MentionPage,
  MentionsQuery,
  MentionsReadBody,
  PastPage,
  PastQuery,
  SnoozeBody,
  TagList,
  TagsBody,
  TagsQuery,
  WhisperBody,
} from "#contracts/desk-tools";
import { ConversationDrafts, DraftBody } from "#contracts/drafts";
import { ConversationPath, ConversationRow } from "#contracts/operator";
import { SearchPage, SearchQuery } from "#contracts/search";
import type { Operation } from "./operation.ts";

const tag = "Operators";
const reading = { tag, who: "staff", needs: "conversations:read" } as const;
const writing = { tag, who: "staff", needs: "conversations:write" } as const;
const own = { tag, who: "person" } as const;
const at = (rest: string) => `/api/agent/conversations/[conversationId]${rest}`;
const one = { params: ConversationPath };

/** What operators do with conversations and contacts through their day. */
export const deskOperations: Operation[] = [
  {
    ...reading,
    method: "get",
    path: "/api/agent/search",
    summary: "Search conversations or contacts",
    description:
      "Every word must stand in it, the last one may be only begun. A page may be short and still have a `next`.",
    query: SearchQuery,
    answer: SearchPage,
  },
  {
    ...reading,
    method: "get",
    path: "/api/agent/tags",
    summary: "The tags in use",
    query: TagsQuery,
    answer: TagList,
  },
  {
    ...writing,
    method: "post",
    path: "/api/agent/bulk",
    summary: "Change up to 100 conversations at once",
    description:
      "Each is changed or not by itself. `undo` is what takes a change back: send it here again for the same conversation.",
    body: BulkBody,
    answer: BulkAnswer,
  },
  {
    ...writing,
    ...one,
    method: "put",
    path: at("/snooze"),
    summary: "Snooze until a moment",
    description: "A word of the customer wakes it before.",
    body: SnoozeBody,
    answer: ConversationRow,
    errors: ["conflict"],
  },
  {
    ...writing,
    ...one,
    method: "delete",
    path: at("/snooze"),
    summary: "Wake it now",
    answer: ConversationRow,
  },
  {
    ...writing,
    ...one,
    method: "post",
    path: at("/tags"),
    summary: "Add and remove tags",
    body: TagsBody,
    answer: ConversationRow,
  },
  {
    ...writing,
    ...one,
    method: "patch",
    path: at("/attributes"),
    summary: "Set topic, team, skills or language",
    body: AttributesBody,
    answer: ConversationRow,
  },
  {
    ...reading,
    ...one,
    method: "get",
    path: at("/past"),
    summary: "Other conversations of the same customer",
    query: PastQuery,
    answer: PastPage,
  },
  {
    ...writing,
    ...one,
    method: "post",
    path: at("/whisper"),
    summary: "Say something to the colleague who holds the conversation",
    description: "Only operators see it, and it is never sent to the customer.",
    body: WhisperBody,
    answer: SentMessage,
    status: 201,
    errors: ["conflict"],
  },
  {
    ...own,
    ...one,
    method: "get",
    path: at("/draft"),
    summary: "What you have begun to write here",
    answer: ConversationDrafts,
  },
  {
    ...own,
    ...one,
    method: "put",
    path: at("/draft"),
    summary: "Keep what you have begun to write",
    body: DraftBody,
  },
  {
    ...own,
    method: "get",
    path: "/api/agent/mentions",
    summary: "Notes that name you",
    query: MentionsQuery,
    answer: MentionPage,
  },
  {
    ...own,
    method: "post",
    path: "/api/agent/mentions/read",
    summary: "Mark your mentions as read",
    body: MentionsReadBody,
  },
  {
    ...reading,
    method: "get",
    path: "/api/agent/contacts/[contactId]/attributes",
    summary: "What is known of a contact",
    params: ContactPath,
    answer: ContactAttributes,
  },
  {
    ...writing,
    method: "patch",
    path: "/api/agent/contacts/[contactId]/attributes",
    summary: "Change what is known of a contact",
    description: "What is not named stays; `null` removes. A contact has at most 50 free attributes.",
    params: ContactPath,
    body: ContactAttributesBody,
    answer: ContactAttributes,
  },
];
