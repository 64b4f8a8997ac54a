import { Avatar } from "./avatar.tsx";
import type { Chat } from "./chat/store.ts";
import { Icon } from "./icons.tsx";

/** The first thing one sees: who answers, what it is, and three ways to begin. */
export function Intro({ chat, begun }: { chat: Chat; begun: boolean }) {
  const { name, companyName, greeting, suggestions, model } = chat.card.value;
  return (
    <div class="intro">
      <Avatar kind="agent" name={name} size={52} />
      <h2 class="intro-title" dir="auto">
        {name} <span class="badge">AI assistant</span>
      </h2>
      <p class="intro-greeting" dir="auto">
        {greeting}
      </p>
      {!model && (
        <p class="intro-note">
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
