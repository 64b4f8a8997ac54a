/** The knowledge room: articles, their passages, what they answer, and how sure that is. */
export { type ExtractedAnswer, extractAnswer } from "./answer.ts";
export { parseArticleFile } from "./article-file.ts";
export {
  deleteArticle,
  getArticle,
  type ImportedArticles,
  importArticles,
  listArticles,
  saveArticle,
} from "./articles.ts";
export { type RetrievalConfidence, retrievalConfidence } from "./confidence.ts";
export { type RetrievalEvaluation, runRetrievalEval } from "./evaluation.ts";
export { supportLexicon } from "./lexicon.ts";
export { articleSearch, type LooseArticle, retrieve, type Search } from "./retrieve.ts";
export { splitArticle } from "./split.ts";
export { stemEnglish } from "./stem-english.ts";
