import { ArticleBody, ArticlePath } from "#contracts/knowledge";
import { route } from "#http/route";
import { may } from "#http/who";
import { noteInAudit } from "#services/accounts";
import { deleteArticle, getArticle, saveArticle } from "#services/knowledge";

const limits = { bytes: 1024 * 1024 };

export const GET = route({ who: may("articles:read"), params: ArticlePath }, ({ who, params }) =>
  getArticle(who, params.articleId),
);
export const PUT = route(
  { who: may("articles:write"), params: ArticlePath, body: ArticleBody, limits },
  async ({ who, params, body }) => {
    const { article, change } = await saveArticle(who, { ...body, id: params.articleId });
    await noteInAudit(who, `article.${change}`, article.id, { title: article.title });
    return article;
  },
);
export const DELETE = route({ who: may("articles:write"), params: ArticlePath }, async ({ who, params }) => {
  const article = await deleteArticle(who, params.articleId);
  await noteInAudit(who, "article.deleted", article.id, { title: article.title });
});
