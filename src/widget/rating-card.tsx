import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { scoreWords } from "#client/rating";
import { asWireError } from "#client/wire-error";
import type { MessageView } from "#contracts/conversation";
import type { RatingBody, RatingView, Score } from "#contracts/rating";
import type { Chat } from "./chat/store.ts";

/** Arrow keys pass over faces; what is rested on is the answer. */
const rest = 500;

/** Asks once how a conversation was: one tap, and words for those who want to. */
export function RatingCard({ chat, message }: { chat: Chat; message: MessageView }) {
  const rating = useSignal<RatingView | undefined>(undefined);
  const chosen = useSignal<Score | undefined>(undefined);
  const comment = useSignal("");
  const told = useSignal("");
  const problem = useSignal("");
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    chat.rating().then(
      ({ rating: known }) => {
        rating.value = known;
        chosen.value ??= known?.score;
        comment.value ||= known?.comment ?? "";
      },
      // The faces can be pressed all the same.
      () => undefined,
    );
  }, [chat, rating, chosen, comment]);

  const until = rating.value?.changeableUntil;
  const open = until === undefined || Date.parse(until) > Date.now();

  async function give(body: RatingBody, thanks: string) {
    problem.value = "";
    try {
      rating.value = await chat.rate(body);
      told.value = thanks;
    } catch (error) {
      problem.value = asWireError(error).message;
      chosen.value = rating.value?.score;
    }
  }

  function choose(score: Score) {
    chosen.value = score;
    clearTimeout(resting.current);
    resting.current = setTimeout(() => give({ score }, "Thank you for your rating."), rest);
  }

  return (
    <article class="rating" aria-label="How was it?">
      <fieldset disabled={!open}>
        <legend dir="auto">{message.text}</legend>
        <div class="faces">
          {scoreWords.map(([score, words]) => (
            <label key={score} title={words}>
              <input
                type="radio"
                class="only-spoken"
                name={message.id}
                checked={chosen.value === score}
                onChange={() => choose(score)}
              />
              <Face score={score} />
              <span>{words}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {rating.value?.score && open && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (chosen.value)
              give({ score: chosen.value, comment: comment.value }, "Thank you for telling us.");
          }}
        >
          <textarea
            rows={2}
            maxLength={1_000}
            dir="auto"
            aria-label="Your comment (optional)"
            placeholder="Tell us more (optional)"
            value={comment.value}
            onInput={(event) => {
              comment.value = event.currentTarget.value;
            }}
          />
          <button
            type="submit"
            class="secondary"
            disabled={comment.value.trim() === (rating.value.comment ?? "")}
          >
            Send
          </button>
        </form>
      )}
      <p class="rating-told" role="status">
        {told.value}
      </p>
      {problem.value && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
    </article>
  );
}

const mouths: Record<Score, string> = {
  1: "M8 16.5c1.6-2.7 6.4-2.7 8 0",
  2: "M8.5 16c1.4-1.4 5.6-1.4 7 0",
  3: "M8.5 15.3h7",
  4: "M8.5 14.5c1.4 1.5 5.6 1.5 7 0",
  5: "M7.5 13.5c1.2 4.4 7.8 4.4 9 0Z",
};

function Face({ score }: { score: Score }) {
  return (
    <svg class="icon" width={32} height={32} viewBox="0 0 24 24" aria-hidden="true">
      <path d={`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9 9.5v.6M15 9.5v.6${mouths[score]}`} />
    </svg>
  );
}
