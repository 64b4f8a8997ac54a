import type { ChatTransport } from "#components/realtime/chat-transport.ts";

/** A chat in twelve lines, over the transport that is chosen. */
export function sample(transport: ChatTransport): string {
  return `export function Chat({ agentId }: { agentId: string }) {
  const session = useChatSession(agentId);
  const { messages, sendMessage, isConnected, error } =
    useRealtimeChat({ ...session, transport: "${transport}" });
  return (
    <form action={(form) => void sendMessage(String(form.get("text")))}>
      {messages.map(({ id, text }) => <p key={id}>{text}</p>)}
      <input name="text" aria-label="Text" disabled={!isConnected} />
      <p role="alert">{error?.message}</p>
    </form>
  );
}`;
}

export type Painted = { at: number; text: string; look: string | undefined };

const words =
  /(?<string>"[^"\n]*")|(?<keyword>\b(?:export|function|const|return)\b)|(?<hook>\buse[A-Z]\w+)|(?<tag><\/?[a-z]\w*|(?<!=)\/?>)/g;

const looks: Record<string, string> = {
  string: "text-green-ink",
  keyword: "text-violet-ink",
  hook: "text-accent-ink font-semibold",
  tag: "text-ink-3",
};

/** Cuts code into pieces with a look each; together they are the code again. */
export function paint(code: string): Painted[] {
  const pieces: Painted[] = [];
  let at = 0;
  const put = (text: string, look?: string) => {
    if (text !== "") pieces.push({ at, text, look });
    at += text.length;
  };
  for (const match of code.matchAll(words)) {
    put(code.slice(at, match.index));
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0] ?? "";
    put(match[0], looks[kind]);
  }
  put(code.slice(at));
  return pieces;
}
