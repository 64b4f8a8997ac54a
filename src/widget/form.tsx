import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import type { MessageView } from "#contracts/conversation";
import type { AnswerValues, Form as Asked, FormField } from "#contracts/structured";
import { answerText, problemsOf } from "#contracts/structured-answers";
import type { Chat } from "./chat/store.ts";
import { Icon } from "./icons.tsx";

type FormProps = { chat: Chat; message: MessageView; asked: Asked; answered: boolean };

/** Asks for several details at once, and says beside each what is still wrong with it. */
export function Form({ chat, message, asked, answered }: FormProps) {
  const written = useSignal<Record<string, string>>({});
  const problems = useSignal<Record<string, string>>({});
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  if (answered) {
    return (
      <p class="form-done">
        <Icon name="check" size={16} />
        {asked.title === undefined ? "Answered" : `${asked.title}: answered`}
      </p>
    );
  }

  function send() {
    const values = valuesOf(asked, written.value);
    problems.value = problemsOf(asked, values);
    const wrong = asked.fields.find((field) => problems.value[field.id] !== undefined);
    if (wrong !== undefined) {
      form.current?.querySelector<HTMLElement>(`[name="${wrong.id}"]`)?.focus();
      return;
    }
    document.querySelector<HTMLElement>(".composer textarea")?.focus();
    chat.answer(answerText(asked, values), { kind: "answer", to: message.id, values });
  }

  return (
    <form
      ref={form}
      class="form"
      noValidate
      aria-label={asked.title ?? "Form"}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {asked.title && (
        <p class="card-title" dir="auto">
          {asked.title}
        </p>
      )}
      {asked.fields.map((field) => (
        <Field
          key={field.id}
          id={`${id}-${field.id}`}
          field={field}
          value={written.value[field.id] ?? ""}
          problem={problems.value[field.id]}
          onWrite={(value) => {
            written.value = { ...written.value, [field.id]: value };
            const { [field.id]: _, ...left } = problems.value;
            problems.value = left;
          }}
        />
      ))}
      <button type="submit" class="primary">
        {asked.submit ?? "Send"}
      </button>
    </form>
  );
}

type FieldProps = {
  id: string;
  field: FormField;
  value: string;
  problem: string | undefined;
  onWrite: (value: string) => void;
};

function Field({ id, field, value, problem, onWrite }: FieldProps) {
  const { label, type, required, choices, hint } = field;
  const about = problem ?? hint;
  const common = {
    id,
    name: field.id,
    value,
    dir: "auto" as const,
    "aria-required": required,
    "aria-invalid": problem !== undefined,
    "aria-describedby": about === undefined ? undefined : `${id}-about`,
    onInput: (event: { currentTarget: { value: string } }) => onWrite(event.currentTarget.value),
  };
  return (
    <div class="form-field">
      <label for={id} dir="auto">
        {label}
        {!required && <span class="optional"> (optional)</span>}
      </label>
      {type === "long_text" && <textarea rows={3} maxLength={2_000} {...common} />}
      {type === "choice" && (
        <select {...common}>
          <option value="">Choose…</option>
          {choices?.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
      {(type === "text" || type === "number") && (
        <input type="text" inputMode={type === "number" ? "decimal" : "text"} {...common} />
      )}
      {type === "email" && <input type="email" autoComplete="email" {...common} />}
      {type === "phone" && <input type="tel" autoComplete="tel" {...common} />}
      {type === "date" && <input type="date" {...common} />}
      {about && (
        <p id={`${id}-about`} class={problem ? "problem" : "form-hint"} dir="auto">
          {about}
        </p>
      )}
    </div>
  );
}

/** What was written, as it is sent: numbers as numbers, and nothing for what was left empty. */
function valuesOf({ fields }: Asked, written: Record<string, string>): AnswerValues {
  return Object.fromEntries(
    fields.flatMap(({ id, type }) => {
      const value = written[id]?.trim() ?? "";
      if (value === "") return [];
      const number = Number(value.replace(",", "."));
      return [[id, type === "number" && !Number.isNaN(number) ? number : value]];
    }),
  );
}
