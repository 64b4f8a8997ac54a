/** For whom the words are: the customer, all colleagues, or the colleague who holds the conversation. */
export type Mode = "reply" | "note" | "whisper";
