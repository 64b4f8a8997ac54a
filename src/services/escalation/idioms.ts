// Turns of phrase said in plainer words, before a message is cut into sentences. The order matters.
const plainer: [RegExp, string][] = [
  [/[👤👥🧑👨👩]/gu, " person "],
  [/🤖/gu, " bot "],
  [/\byou (?:guys|lot|people|folks|all)\b/g, "you"],
  [/\bno[ -]one\b/g, "nobody"],
  [/\bya (?=(?:manager|supervisor|boss|people|staff|team|agent)s?\b)/g, "your "],
  [/\b(?:any|some)?one of (?:them|those|these)(?= (?:people|agents|humans))?\b/g, "someone"],
  // “can someone tell me…” speaks to nobody in particular.
  [
    /\b(can|could|would|will) (?:some|any)(?:one|body)(?: here| there)?(?: please| kindly)? (?=(?:tell|send|resend|let me know|confirm|show|share|provide|update|change|cancel|clarify|remind|advise)\b)/g,
    "$1 you please ",
  ],
  [
    /^\s*(?:dear|hello|hi|hey) (?:\p{L}+ ){0,2}(?:team|agent|support|manager|customer service)\s*[,:](?=\s*\S+ \S+ \S+)/u,
    "hello,",
  ],
  [/\bon[ -]call (?=(?:person|engineer|technician|agent|manager|tech|nurse|doctor|staff)\b)/g, "available "],
  [/\bcostumer (?=services?\b|support\b|care\b)/g, "customer "],
  [/\bif (?:you|u) (?:please|would|could|do not mind|don't mind|can)(?=\s*(?:[,.!?]|$))/g, "please"],
  [/\bplease do (?!not\b)/g, "please "],
  [/\bif (i|we) (?:spoke|talked|chatted)\b/g, "if $1 talk"],
  [/\bdo (?:the needful|your job)(?: and)?\b/g, "please"],
  // “person-to-person”, “peer to peer”: a manner, not someone.
  [/\b(\p{L}+)[ -](?:to|2)-\1\b/gu, "mutual"],
  [/\b((?:talk|speak|connect)(?:ing)?|transfer) too (an?|the|your|some(?:one|body))\b/g, "$1 to $2"],
  [/\bmembers? of (?:the |your )?(?:support |sales )?(?:team|staff|crew)\b/g, "staffer"],
  [
    /\b(?:with|who has|having) an? (?:real |working |actual )?(?:pulse|heartbeat|heart|brain|soul)\b|\b(?:made )?of flesh(?: and (?:blood|bones?))?\b|\bin the flesh\b/g,
    "real",
  ],
  [
    /\b(?:literally|basically|honestly|really|actually|simply|possibly|maybe|perhaps|definitely|absolutely|just|surely|seriously|somehow)\b/g,
    " ",
  ],
];

// “would you mind getting…”, “how about putting…”, “any chance of having…”: orders, politely.
const politeOrder =
  /\b(?:mind|(?:how|what) about|chance of|possibility of|way of)(?: you)? (get|hav|put|pass|transferr?|connect|ask|bring|send|hand|forward|let|find|fetch|giv|arrang|escalat|assign|call|ring|phon)t?ing\b/g;

// “h u m a n”, “A.G.E.N.T.”
const spaced = /(?<![\p{L}\p{N}])\p{L}(?:([ .*_-])\p{L})(?:\1\p{L}){2,20}(?![\p{L}\p{N}])/gu;

/** A folded message with its commonest turns of phrase said plainly. */
export function plainly(text: string): string {
  let plain = text.replace(spaced, (letters) => letters.replace(/[ .*_-]/g, ""));
  for (const [idiom, said] of plainer) plain = plain.replace(idiom, said);
  return plain.replace(politeOrder, (_, stem: string) => `please ${infinitive(stem)}`);
}

function infinitive(stem: string): string {
  if (stem === "transferr") return "transfer";
  return /^(?:hav|giv|arrang|escalat|phon)$/.test(stem) ? `${stem}e` : stem;
}
