import { notFound } from "next/navigation";
import { HelpIndex } from "#components/help/help-index.tsx";
import { isAppError } from "#lib/errors";
import { helpIndex } from "#services/chat";

export default async function Page({ params }: { params: Promise<{ companyId: string }> }) {
  const { companyId } = await params;
  const found = await helpIndex(companyId).catch((error: unknown) => {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  });
  return <HelpIndex companyId={companyId} company={found.company} articles={found.articles} />;
}
