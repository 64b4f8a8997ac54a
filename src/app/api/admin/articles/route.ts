import { ArticleBody, ArticleListQuery } from "#contracts/knowledge";
import { route } from "#http/route";
import { may } from "#http/who";
import { noteInAudit } from "#services/accounts";
import { listArticles, saveArticle } from "#services/knowledge";

const limits = { bytes: 1024 * 1024 };

export const GET = route({ who: may("articles:read"), query: ArticleListQuery }, ({ who, query }) =>
  listArticles(who, query),
);
export const POST = route(
  { who: may("articles:write"), body: ArticleBody, limits, status: 201 },
  async ({ who, body }) => {
    const { article, change } = await saveArticle(who, body);
    await noteInAudit(who, `article.${change}`, article.id, { title: article.title });
    return article;
  },
);
