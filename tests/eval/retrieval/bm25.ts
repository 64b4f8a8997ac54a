import { stemEnglish } from "#services/knowledge";

/** The yardstick: BM25 (k1 1.2, b 0.75) over title and body, lower-cased words, stemmed if wished. */
export function bm25(
  articles: { id: string; title: string; body: string }[],
  { stemmed = false } = {},
): (question: string) => string[] {
  const words = (text: string) => (stemmed ? tokens(text).map(stemEnglish) : tokens(text));
  const documents = articles.map((article) => words(`${article.title} ${article.body}`));
  const average = documents.reduce((sum, document) => sum + document.length, 0) / documents.length;
  const frequency = new Map<string, number>();
  for (const document of documents) {
    for (const word of new Set(document)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  return (question) => {
    const scored = documents.map((document, index) => {
      let score = 0;
      for (const word of new Set(words(question))) {
        const count = document.filter((other) => other === word).length;
        const seen = frequency.get(word) ?? 0;
        const rarity = Math.log(1 + (documents.length - seen + 0.5) / (seen + 0.5));
        score += (rarity * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * document.length) / average));
      }
      return { id: articles[index]?.id ?? "", score };
    });
    return scored
      .filter((one) => one.score > 0)
      .sort((a, b) => b.score - a.score)
      .map((one) => one.id);
  };
}

function tokens(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}
