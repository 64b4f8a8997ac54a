/** The command by which a customer asks for a person, and what it says. */
export const wantsPerson = { command: "human", words: "I want to talk to a person" } as const;

/** What the bot's menu offers (core.telegram.org/bots/api, "setMyCommands"). */
export const commands = [
  { command: "start", description: "Begin" },
  { command: wantsPerson.command, description: "Talk to a person" },
];
