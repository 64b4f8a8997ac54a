import type { ExplicitRequest } from "#contracts/escalation";
import { fold } from "./fold.ts";

type Language = { person: RegExp; verb: RegExp; wish: RegExp; negation: RegExp; alone: RegExp };

// The commonest ways in German, French and Spanish, on folded text; finished verbs (“gesprochen”) are not among them.
const languages: Language[] = [
  {
    person:
      /\b(?:mensch(?:en)?|mitarbeiter(?:in|s)?|person|jemand(?:em|en)?|berater(?:in)?|kollegen?|kundendienst|kundenservice|kundenbetreuer|vorgesetzten?|chef|ansprechpartner|support)\b/,
    verb: /\b(?:sprechen|reden|chatten|telefonieren|verbinden|verbinde|weiterleiten|durchstellen|ubergeben|kontaktieren|erreichen|anrufen|zuruckrufen|sprech|brauche|gibt es)\b/,
    wish: /\b(?:will|mochte|wurde|kann|konnte[n]?|konnen|darf|bitte|wie|muss|gern|lassen|wunsche|verbinde|brauche|gibt es)\b/,
    negation: /\b(?:kein(?:e[nmrs]?)?|nicht|ohne|wenn|falls)\b/,
    alone:
      /^\W*(?:ein(?:en?)? )?(?:echte[rn]? )?(?:mensch|mitarbeiter|kundenservice|kundendienst|berater)(?: bitte)?\W*$/,
  },
  {
    person:
      /\b(?:humain|personne|quelqu'un|conseillere?|agent|responsable|operateur|operatrice|service client|etre humain|technicien|collegue)\b/,
    verb: /\b(?:parler|discuter|contacter|joindre|passez|passer|transferez|transferer|mettre en relation|echanger|avoir|rappeler|veux un|voudrais un|besoin d'un)\b/,
    wish: /\b(?:veux|voudrais|souhaite|souhaiterais|aimerais|pouvez|peux|puis|pourrais|est-ce|besoin|svp|plait|passez|transferez|comment|merci de|possible)\b/,
    negation: /\b(?:pas|sans|si jamais|inutile|ne veux|aucune?)\b/,
    alone:
      /^\W*(?:un[e]? )?(?:vrai[e]? )?(?:humain|conseiller|agent|personne reelle|operateur)(?: (?:svp|s'il vous plait|stp))?\W*$/,
  },
  {
    person:
      /\b(?:humano|persona|alguien|agente|asesora?|operadora?|representante|encargado|supervisora?|gerente|ser humano|atencion al cliente|ejecutivo)\b/,
    verb: /\b(?:hablar|comunicar(?:me)?|comuniqu?[ea](?:me)?|comuniqueme|contactar|pasar(?:me)?|paseme|pasame|transferir(?:me)?|conectar(?:me)?|atienda|llame)\b/,
    wish: /\b(?:quiero|quisiera|necesito|puedo|podria|puede|pueden|por favor|deseo|me gustaria|paseme|pasame|comuniqueme|como|dejame)\b/,
    negation: /\b(?:no|sin|si alguna vez|nunca)\b/,
    alone:
      /^\W*(?:una? )?(?:humano|persona real|agente|asesor|operador|persona)(?: (?:real|por favor|porfa))?\W*$/,
  },
];

/** A request for a person in German, French or Spanish, or `undefined`. */
export function asksElsewhere(text: string): ExplicitRequest | undefined {
  const plain = fold(text).replace(
    /\b(?:keinen?|pas (?:de|un)|no un|ningun) (?:chat)?(?:bot|roboter|robot|maschine|computer)\b/g,
    "",
  );
  const said = { asks: true, score: 0.8, why: "wants to speak with a person" };
  for (const { person, verb, wish, negation, alone } of languages) {
    if (alone.test(plain)) return { ...said, why: "names a person and nothing else" };
    const clause = plain.split(/[.!?,;\n]+/).find((each) => {
      if (!person.test(each) || !verb.test(each) || negation.test(each)) return false;
      return wish.test(each) || (each === plain.trim() && each.split(/\s+/).length <= 6);
    });
    if (clause !== undefined) return said;
  }
  return undefined;
}
