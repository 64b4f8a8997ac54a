"use client";

import { useRouter } from "next/navigation";
import { Card, CardBody } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import { Markdown } from "#components/ui/markdown.tsx";
import { Select } from "#components/ui/select.tsx";
import { Tab, TabList, TabPanel, Tabs } from "#components/ui/tabs.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { ArticleView } from "#contracts/knowledge";
import { callApi } from "./call-api.ts";
import { SaveBar } from "./save-bar.tsx";
import { useForm } from "./use-form.ts";

type Props = { article?: ArticleView; mayEdit: boolean };
type Status = ArticleView["status"];

const statuses: { value: Status; label: string; description: string }[] = [
  { value: "published", label: "Published", description: "The agent answers from it" },
  { value: "draft", label: "Draft", description: "Kept, but not used in answers" },
];

/** Writes one article in Markdown, with a view of how it reads. */
export function ArticleEditor({ article, mayEdit }: Props) {
  const router = useRouter();
  const form = useForm({
    title: article?.title ?? "",
    body: article?.body ?? "",
    language: article?.language ?? "en",
    status: article?.status ?? ("published" as Status),
  });
  const { values, set, errorOf } = form;

  async function save() {
    const saved = await form.submit((values) =>
      article === undefined
        ? callApi<ArticleView>("POST", "/api/admin/articles", values)
        : callApi<ArticleView>("PUT", `/api/admin/articles/${article.id}`, { ...values, slug: article.slug }),
    );
    if (saved === undefined) return;
    toast.success(saved.status === "published" ? "Saved. The agent knows it now." : "Draft saved");
    if (article === undefined) router.replace(`/settings/articles/${saved.id}`);
    router.refresh();
  }

  return (
    <Card>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <CardBody>
          <Field label="Title" description="As a customer would ask for it." error={errorOf("title")}>
            <Input
              disabled={!mayEdit}
              value={values.title}
              onChange={(event) => set("title", event.target.value)}
            />
          </Field>
          <div className="grid grid-cols-2 gap-4">
            <Field label="Status" error={errorOf("status")}>
              <Select
                disabled={!mayEdit}
                items={statuses}
                value={values.status}
                onValueChange={(status: Status) => set("status", status)}
              />
            </Field>
            <Field label="Language" description="Such as en or de." error={errorOf("language")}>
              <Input
                disabled={!mayEdit}
                value={values.language}
                onChange={(event) => set("language", event.target.value.trim())}
              />
            </Field>
          </div>
          <Tabs defaultValue="write">
            <TabList>
              <Tab value="write">Write</Tab>
              <Tab value="read">Read</Tab>
            </TabList>
            <TabPanel value="write" className="pt-3">
              <Field
                label="Text"
                description="Markdown. Each ## heading begins a section that answers can quote."
                error={errorOf("body")}
              >
                <Textarea
                  rows={18}
                  disabled={!mayEdit}
                  className="min-h-80 font-mono text-sm leading-6"
                  value={values.body}
                  onChange={(event) => set("body", event.target.value)}
                />
              </Field>
            </TabPanel>
            <TabPanel value="read" className="min-h-80 pt-3">
              {values.body.trim() === "" ? (
                <p className="text-ink-3 text-sm">Nothing written yet.</p>
              ) : (
                <Markdown text={values.body} />
              )}
            </TabPanel>
          </Tabs>
        </CardBody>
        {mayEdit ? (
          <SaveBar
            dirty={form.dirty}
            busy={form.busy}
            problem={form.problem}
            {...(article === undefined && { label: "Create article", clean: "Not saved yet" })}
            onDiscard={() => form.reset()}
          />
        ) : undefined}
      </form>
    </Card>
  );
}
