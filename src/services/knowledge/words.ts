import { stemEnglish } from "./stem-english.ts";

/** One word of a text: as it is compared (`stem`) and as it was written (`word`). */
export type Word = { stem: string; word: string };

/** Splits a text into words: lower case, without accents, stemmed for the language. */
export function wordsOf(text: string, language: string): Word[] {
  const words: Word[] = [];
  const stem = stemmerFor(language);
  const folded = baseLanguage(language) === "en" ? withoutContractions(fold(text)) : fold(text);
  for (const [found] of folded.matchAll(wordPattern)) {
    const word = found.replace(/'s?$/, "").replaceAll("'", "");
    if (word !== "") words.push({ stem: stem(word), word });
  }
  return words;
}

/** Brings a text to lower case and takes the accents off. */
export function fold(text: string): string {
  const lower = text.toLowerCase().replaceAll("’", "'");
  if (plainText.test(lower)) return lower;
  return lower
    .normalize("NFC")
    .replace(/[^\0-\x7f]/gu, (letter) => foldedLetters.get(letter) ?? letter.normalize("NFD").charAt(0));
}

/** The two-letter language of a tag such as "en-GB". */
export function baseLanguage(language: string): string {
  return language.toLowerCase().split("-")[0] ?? "en";
}

/** Says whether a word carries no meaning of its own ("the", "please", "how"). */
export function isStopWord(word: string, language: string): boolean {
  return stopWords[baseLanguage(language)]?.has(word) ?? false;
}

/** Says whether a word is chatter around a question ("want", "know", "help"), which counts little. */
export function isChatter(word: string): boolean {
  return chatter.has(word);
}

/** "can't" and "cant" as "can not", so that phrases with "not" are written once; "e-mail" as "email". */
function withoutContractions(text: string): string {
  return text
    .replace(/\b(?:cannot|can't|cant)\b/g, "can not")
    .replace(/\b(?:won't|wont)\b/g, "will not")
    .replace(/\b(do|does|did|is|are|was|were|have|has|had|could|would|should)(?:n't|nt)\b/g, "$1 not")
    .replace(/\be-(?=[a-z])/g, "e");
}

const wordPattern = /\d+(?:[.,]\d+)*|\p{L}[\p{L}\p{M}\p{N}']*|[\p{L}\p{N}]+/gu;
const plainText = /^[\0-\x7f]*$/;
const foldedLetters = new Map([
  ["ß", "s"],
  ["æ", "a"],
  ["œ", "o"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
]);

const stemCache = new Map<string, string>();
const cacheLimit = 50_000;

function stemmerFor(language: string): (word: string) => string {
  const base = baseLanguage(language);
  const stem = stemmers[base];
  if (stem === undefined) return (word) => word;
  return (word) => {
    const key = `${base}:${word}`;
    const known = stemCache.get(key);
    if (known !== undefined) return known;
    if (stemCache.size >= cacheLimit) stemCache.clear();
    const made = stem(word);
    stemCache.set(key, made);
    return made;
  };
}

/** Takes the longest fitting ending off, as long as three letters remain. */
function lightStemmer(endings: RegExp): (word: string) => string {
  return (word) => {
    const stem = word.replace(endings, "");
    return stem.length >= 3 ? stem : word;
  };
}

const stemmers: Record<string, (word: string) => string> = {
  en: (word) => (/\d/.test(word) ? word : stemEnglish(word)),
  de: lightStemmer(/(?:ungen|ung|heiten|heit|keit|lich|isch|ern|em|en|er|es|e|n|s)$/),
  fr: lightStemmer(/(?:issements?|ements?|ations?|euses?|eaux|aux|ees?|ers?|es|ez|ent|e|s|x)$/),
  es: lightStemmer(
    /(?:amientos?|imientos?|aciones|acion|mente|ando|iendo|ados?|adas?|idos?|idas?|ar|er|ir|os|as|es|o|a|e|s)$/,
  ),
  it: lightStemmer(/(?:azioni|azione|amenti|amento|mente|ando|endo|ati|ato|ata|ate|are|ere|ire|o|a|e|i)$/),
  pt: lightStemmer(/(?:acoes|acao|amentos?|imentos?|mente|ando|endo|ados?|adas?|ar|er|ir|os|as|es|o|a|e|s)$/),
  nl: lightStemmer(/(?:heden|heid|ingen|ing|lijk|eren|en|e|s)$/),
};

function list(words: string): Set<string> {
  return new Set(words.trim().split(/\s+/));
}

const stopWords: Record<string, Set<string>> = {
  en: list(`a about above after again against ain all also am an and any are aren arent as at be because been before
    being below between both but by can cannot cant could couldn couldnt d did didn didnt do does doesn doesnt doing don
    dont down during each either else ever every few for from further had hadn has hasn hasnt have haven havent having he
    hello her here hers herself hey hi him himself his how i id ie if ill im in into is isn isnt it its itself ive just
    let lets ll m ma may maybe me might more most must mustn my myself no nor not now o of off oh ok okay on once only or
    other our ours ourselves out over own per please pls plz quite re really s same shall she should shouldn so some
    something somehow such t than thank thanks that thats the their theirs them themselves then there theres these they
    theyre theyve this those though through to too u under until up upon us ve very via was wasn we well were weren what
    whats when whenever where wheres whether which while who whom whose why will with within without won wont would wouldn
    y yes yet you youd youll your youre yours yourself yourselves youve`),
  de: list(`aber alle allem allen aller als also am an auch auf aus bei bin bis bist da damit dann das dass dein dem den
    denn der des dich die dies diese diesem diesen dieser dieses dir doch du durch ein eine einem einen einer eines er es
    fur gibt hab habe haben hallo hat hatte ich ihm ihn ihnen ihr ihre im in ins ist ja kann kannst kein keine konnen man
    mein meine meinem meinen meiner mich mir mit muss nach nicht noch nun nur ob oder ohne schon sehr sein seine sich sie
    sind so soll uber um und uns unser unter vom von vor war was weil welche welcher wenn wer werden wie wieder will wir
    wird wo wurde zu zum zur bitte danke`),
  fr: list(`a ai au aux avec avez avoir bonjour ca ce ces cet cette comment dans de des du elle en est et etre eu il ils
    j je l la le les leur lui m ma mais me merci mes moi mon n ne nos notre nous on ou par pas peut plait pour pourquoi
    puis qu quand que quel quelle qui s sa se ses si son sont sur t ta te tu un une vos votre vous y`),
  es: list(`a al como con cual cuando de del donde el ella en es esta este esto gracias ha hay hola la las le lo los me
    mi mis muy no nos o para pero por porque puedo que quien se si sin son su sus te tengo tu un una y ya yo`),
  it: list(`a ad al alla che chi ci ciao come con da dal dei del della di dove e ed grazie gli ha ho i il in io la le lo
    ma mi mia mio ne nel non o per perche piu posso quando quanto se si sono su sul un una uno`),
  pt: list(`a ao aos as com como da das de do dos e ela ele em entre esta eu foi ha isso ja mais mas me meu minha na nao
    nas no nos o obrigado os ou ola para pela pelo por posso quando que quem se sem seu sua um uma`),
  nl: list(`aan al als bij dan dat de deze die dit door een en er hallo heb heeft het hij hoe ik in is ja je kan kunnen
    maar me met mijn naar niet nog nu of om onze ook op over te tot uit van voor waar wanneer wat we wel wie wij worden
    zijn zo`),
};

const chatter =
  list(`ask asking answer anybody anyone anything able actually allow allowed anyway become believe came
  come comes coming explain figure find found gave get gets getting give given gives go goes going gone gonna got gotten
  guess guys happen happened happens happening help hear here hope idea info information issue keep keeps kind know like
  likely long look looking lot made make makes making many mean much name need needed needs never nothing one ones
  people person policy possible possibly problem problems put question questions say says see seem seems somebody someone sort
  still stuff sure take takes taken tell thing things think tried try trying understand use used using wanna want
  wanted wants way went wish wonder wondering work works working would anymore new`);
