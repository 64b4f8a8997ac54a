import type { Chat } from "./chat/store.ts";
import { Icon } from "./icons.tsx";

/** The first thing one sees: who answers, what it is, and three ways to begin. */
export function Intro({ chat, begun }: { chat: Chat; begun: boolean }) {
  const { name, companyName, greeting, suggestions, model } = chat.card.value;
  return (
    <div class={begun ? "intro begun" : "intro"}>
      <p class="intro-who">
        <span class="badge">AI assistant</span>
        <span class="ellipsis">{companyName}</span>
      </p>
      <h2 class="intro-greeting" dir="auto">
        {greeting}
      </h2>
      {!model && (
        <p class="intro-note" dir="auto">
          No language model is connected: {name} answers with passages from the help centre of {companyName}.
        </p>
      )}
      {!begun && suggestions.length > 0 && (
        <ul class="suggestions" aria-label="Suggested questions">
          {suggestions.slice(0, 3).map((question) => (
            <li key={question}>
              <button type="button" class="suggestion" onClick={() => chat.send({ text: question })}>
                <span dir="auto">{question}</span>
                <Icon name="arrow" size={16} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
