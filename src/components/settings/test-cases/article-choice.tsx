"use client";

import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";

export type ArticleTitle = { id: string; title: string };

type Props = {
  articles: ArticleTitle[];
  value: string | undefined;
  error?: string | undefined;
  onChange: (articleId: string | undefined) => void;
};

const none = "none";

/** Which article an answer should come from, if any. */
export function ArticleChoice({ articles, value, error, onChange }: Props) {
  const items = [
    { value: none, label: "Any article" },
    ...articles.map(({ id, title }) => ({ value: id, label: title })),
  ];
  return (
    <Field label="Should come from" error={error}>
      <Select
        items={items}
        value={value ?? none}
        onValueChange={(chosen: string) => onChange(chosen === none ? undefined : chosen)}
      />
    </Field>
  );
}
