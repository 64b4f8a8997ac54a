/** The knowledge room: articles, their passages, what they answer, and how sure that is. */
export { extractAnswer } from "./answer.ts";
export { parseArticleFile } from "./article-file.ts";
export {
  deleteArticle,
  getArticle,
  importArticles,
  listArticles,
  saveArticle,
} from "./articles.ts";
export { retrievalConfidence } from "./confidence.ts";
export { knowledgeVersion, warmCorpus } from "./corpora.ts";
export { runRetrievalEval } from "./evaluation.ts";
export { supportLexicon } from "./lexicon.ts";
export { articleSearch, type LooseArticle, retrieve, retrieveAhead } from "./retrieve.ts";
export { splitArticle } from "./split.ts";
export { stemEnglish } from "./stem-english.ts";
export { isStopWord, wordsOf } from "./words.ts";
