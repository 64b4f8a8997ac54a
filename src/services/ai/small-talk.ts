export type SmallTalk =
  | "greeting"
  | "thanks"
  | "goodbye"
  | "identity"
  | "humanity"
  | "wellbeing"
  | "ability"
  | "affirmation"
  | "acknowledgement";

/** Says what kind of small talk a message is, if it is nothing else: "hi, where is my parcel?" is a question. */
export function smallTalkOf(message: string): SmallTalk | undefined {
  const words = folded(message);
  if (words === "" || words.length > 120) return words === "" ? "greeting" : undefined;
  for (const [kind, pattern] of kinds) {
    const match = pattern.exec(words);
    if (match === null) continue;
    const rest = `${words.slice(0, match.index)} ${words.slice(match.index + match[0].length)}`;
    if (isEmptyOfMeaning(rest)) return kind;
  }
  return undefined;
}

/** What the keyless answerer says to small talk. */
export function smallTalkReply(kind: SmallTalk, names: { agent: string; company: string }): string {
  const { agent, company } = names;
  const replies: Record<SmallTalk, string> = {
    greeting: `Hello! I'm ${agent}, the AI assistant of ${company}. What can I help you with?`,
    thanks: "You're welcome! Is there anything else I can help you with?",
    goodbye: `Goodbye, and thank you for writing to ${company}. You can come back to this chat any time.`,
    identity: `I'm ${agent}, the AI assistant of ${company}. I answer from our help articles and show you where each answer comes from. If you would rather talk to a person, just say so.`,
    humanity: `No, I'm not a person: I'm ${agent}, an AI assistant of ${company}. I answer from our help articles. If you would rather talk to a person, just say so.`,
    wellbeing: "I'm doing well, thank you for asking! What can I help you with?",
    ability: `I can answer questions from the help articles of ${company}, and show you where each answer comes from. Ask me anything in your own words. For what I can't answer, I can bring in a person.`,
    affirmation: "Of course. What would you like to know?",
    acknowledgement: "All right. Is there anything else I can help you with?",
  };
  return replies[kind];
}

const greeting =
  /\b(?:(?:hi|hello|hey|hiya|howdy|yo|hallo|hola|bonjour|salut|ciao|moin|servus|greetings)(?: (?:there|all|again|you|team|everyone))?|good (?:morning|afternoon|evening|day)|guten (?:tag|morgen|abend)|buenos dias|buenas tardes)\b/;
const kinds: [SmallTalk, RegExp][] = [
  [
    "humanity",
    /\b(?:are you|r u|you are|is this|am i (?:talking|speaking|chatting) (?:to|with))(?: just)?(?: an?)?(?: real| actual| live)? (?:human|person|robot|bot|chatbot|chat bot|ai|machine|computer|program|someone|people)(?: or (?:an? )?(?:real )?(?:human|person|robot|bot|chatbot|ai|machine|computer))?\b/,
  ],
  [
    "identity",
    /\b(?:who (?:are you|am i (?:talking|speaking|chatting) (?:to|with)|is this)|what(?: is|s|'s) your name|what are you|do you have a name|introduce yourself|wer bist du|quien eres)\b/,
  ],
  [
    "wellbeing",
    /\b(?:how are (?:you|things)(?: doing| going)?|how(?:'s| is) it going|hows it going|what'?s up|wie geht'?s)\b/,
  ],
  [
    "ability",
    /\b(?:what (?:can|do) you (?:do|help(?: me)? with|know)|how can you help(?: me)?|how do you work|(?:can|could) you (?:please )?help(?: me)?|i need (?:some )?help|help(?: me)?|i have a question|can i ask (?:you )?(?:a question|something))\b/,
  ],
  [
    "thanks",
    /\b(?:(?:many |ok(?:ay)? |great |perfect |super )?(?:thank you|thanks|thankyou|thx|thnx|ty|cheers|much appreciated|danke|gracias|merci|grazie)(?: (?:so|very) much| a lot| a (?:million|bunch)| again| schon| beaucoup)?(?: for (?:the|your) (?:help|answer|info|information|time|reply|quick reply))?|that(?:'s| is| was)? (?:helps|helped|helpful|very helpful|all i needed)(?: a lot)?)\b/,
  ],
  [
    "goodbye",
    /\b(?:good ?bye|bye(?: bye)?|see (?:you|ya)(?: later| soon)?|have a (?:nice|good|great|lovely) (?:day|one|evening|weekend)|ciao|tschuss|adios|au revoir|that(?:'s| is| will be) all)\b/,
  ],
  ["greeting", greeting],
  [
    "affirmation",
    /^(?:yes|yep|yeah|ja|si|oui|sure|of course|please do|i would|gladly|yes i would|that would be (?:great|nice|good))(?: (?:please|thanks|thank you|do|sure|of course|that would be (?:great|nice|good)))*$/,
  ],
  [
    "acknowledgement",
    /^(?:ok(?:ay)?|k|alright|all right|got it|i see|understood|cool|great|perfect|nice|fine|good|awesome|super|wonderful|makes sense|great to know|good to know|no(?: that'?s (?:all|it|fine))?|nope|nothing(?: else)?)(?: (?:ok(?:ay)?|great|perfect|cool|then|got it|good))*$/,
  ],
];

const filler =
  /\b(?:hi|hello|hey|there|hallo|hola|ok(?:ay)?|oh|ah|um+|well|so|please|pls|mate|dear|sir|madam|team|all|again|great|perfect|and|but|now|today|for|that|the|your|you|guys|very|much|just|really|actually|lol|haha|ha|then|no|yes|bye|thanks|thank|good|day|morning|afternoon|evening|i|m|am|a|is|this|here|with|anyway|right|btw)\b/g;

function isEmptyOfMeaning(rest: string): boolean {
  return rest.replace(filler, "").replace(/[^\p{L}\p{N}]/gu, "") === "";
}

function folded(message: string): string {
  return message
    .toLowerCase()
    .replaceAll("’", "'")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}']+/gu, " ")
    .trim();
}
