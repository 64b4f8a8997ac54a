export const commandGroups = ["Conversation", "Selection", "Write", "Move", "View", "Inbox"] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** Something that can be done now: by a button, by a key, or by name in the palette. */
export type Command = {
  id: string;
  label: string;
  group: CommandGroup;
  /** As tinykeys writes them. */
  bindings?: string[];
  /** As a person reads it, for Apple's keyboards; others see their own names of these keys. */
  shown?: string;
  run: () => void;
};

/** A command by its parts, without what is not there. */
export function command(
  group: CommandGroup,
  id: string,
  label: string,
  run: () => unknown,
  keys?: { bindings: string[]; shown: string },
): Command {
  return { id, label, group, run: () => void run(), ...keys };
}

/** A single letter; it works only where nobody writes, and can be switched off. */
export function letter(...letters: [string, ...string[]]): { bindings: string[]; shown: string } {
  return { bindings: letters, shown: letters[0].toUpperCase() };
}
