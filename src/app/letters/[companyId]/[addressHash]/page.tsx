import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RefuseLetters } from "#components/letters/refuse-letters.tsx";
import { LetterPath, LetterQuery } from "#contracts/notifications";
import { isAppError } from "#lib/errors";
import { refusalCompany } from "#services/notifications";

export const metadata: Metadata = { title: "Letters", robots: { index: false } };

type Props = { params: Promise<unknown>; searchParams: Promise<unknown> };

export default async function LettersPage({ params, searchParams }: Props) {
  const path = LetterPath.safeParse(await params);
  const query = LetterQuery.safeParse(await searchParams);
  if (!path.success || !query.success) notFound();
  const link = { ...path.data, ...query.data };
  const company = await refusalCompany(link).catch((error: unknown) => {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  });
  const signature = encodeURIComponent(link.signature);
  return (
    <RefuseLetters
      company={company}
      address={`/api/letters/${link.companyId}/${link.addressHash}?signature=${signature}`}
    />
  );
}
