import type { Card, FormField, MessageData } from "#contracts/structured";

/** What a message carries beside its text, for platforms that show text and buttons alone. */
export type WrittenOut = { text: string; choices: string[] };

/**
 * Writes out what a customer of the web chat sees beside the text: choices become buttons, cards text with links and a
 * button for each reply, and a form a list of what to write. Links are Markdown, as in every text of ours.
 */
export function writtenOut(data: MessageData | undefined): WrittenOut {
  switch (data?.kind) {
    case "choices":
      return { text: "", choices: data.choices.map(({ label }) => label) };
    case "cards":
      return {
        text: data.cards.map(cardText).join("\n\n"),
        choices: data.cards.flatMap(({ actions }) =>
          actions.flatMap((action) => ("reply" in action ? [action.reply] : [])),
        ),
      };
    case "form": {
      const title = data.title === undefined ? [] : [`**${plain(data.title)}**`];
      const fields = data.fields.map((field, at) => `${at + 1}. ${fieldText(field)}`);
      return { text: [...title, "Please write in one message:", ...fields].join("\n"), choices: [] };
    }
    default:
      return { text: "", choices: [] };
  }
}

function cardText({ title, text, actions }: Card): string {
  const links = actions.flatMap((action) =>
    "url" in action ? [`[${plain(action.label)}](${action.url})`] : [],
  );
  return [`**${plain(title)}**`, text === undefined ? [] : plain(text), links].flat().join("\n");
}

function fieldText({ label, hint, required, choices }: FormField): string {
  const answers = choices === undefined ? "" : `: ${choices.map((choice) => plain(choice.label)).join(", ")}`;
  const about = hint === undefined ? "" : ` (${plain(hint)})`;
  return `${plain(label)}${about}${answers}${required ? "" : ", if you like"}`;
}

// Words of a card or field are no Markdown.
function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>~#]/g, "\\$&");
}
