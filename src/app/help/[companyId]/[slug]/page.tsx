import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { HelpArticle } from "#components/help/help-article.tsx";
import { isAppError } from "#lib/errors";
import { type HelpPage, helpPage } from "#services/chat";

type Props = { params: Promise<{ companyId: string; slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { article, company } = await find(params);
  return { title: `${article.title} · ${company}` };
}

export default async function Page({ params }: Props) {
  return <HelpArticle companyId={(await params).companyId} page={await find(params)} />;
}

async function find(params: Props["params"]): Promise<HelpPage> {
  const { companyId, slug } = await params;
  try {
    return await helpPage(companyId, decodeURIComponent(slug));
  } catch (error) {
    // An address that is no text names no article either.
    if (error instanceof URIError || (isAppError(error) && error.code === "not_found")) notFound();
    throw error;
  }
}
