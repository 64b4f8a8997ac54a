"use client";

import { type ReactElement, useId, useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { LinesField } from "#components/settings/lines-field.tsx";
import { useForm } from "#components/settings/use-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import type { TestCaseView } from "#contracts/copilot";
import { ArticleChoice, type ArticleTitle } from "./article-choice.tsx";

type Props = {
  trigger: ReactElement<Record<string, unknown>>;
  testCase?: TestCaseView;
  articles: ArticleTitle[];
  onSaved: () => void;
};

/** Writes a new test case, or changes one. */
export function CaseDialog({ trigger, testCase, articles, onSaved }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      className="max-w-xl"
      title={testCase === undefined ? "New test case" : "Change the test case"}
      description="A question with what a good answer says. Each run asks it anew and measures the answer."
    >
      <CaseForm
        {...(testCase === undefined ? {} : { testCase })}
        articles={articles}
        onDone={() => {
          setOpen(false);
          onSaved();
        }}
      />
    </Dialog>
  );
}

type FormProps = Pick<Props, "testCase" | "articles"> & { onDone: () => void };

function CaseForm({ testCase, articles, onDone }: FormProps) {
  const id = useId();
  const form = useForm({
    question: testCase?.question ?? "",
    answer: testCase?.answer ?? "",
    points: testCase?.points ?? [],
    articleId: testCase?.article?.id,
  });
  const { values, set, errorOf } = form;

  async function save() {
    const saved = await form.submit(({ articleId, points, ...said }) => {
      const body = { ...said, points: points.filter((point) => point.trim() !== "") };
      return testCase === undefined
        ? callApi("POST", "/api/admin/test-cases", { ...body, articleId })
        : callApi("PATCH", `/api/admin/test-cases/${testCase.id}`, { ...body, articleId: articleId ?? null });
    });
    if (saved !== undefined) onDone();
  }

  return (
    <form
      id={id}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label="The customer asks" error={errorOf("question")}>
        <Textarea
          dir="auto"
          value={values.question}
          maxLength={4_000}
          onChange={(event) => set("question", event.target.value)}
        />
      </Field>
      <Field label="A good answer" error={errorOf("answer")}>
        <Textarea
          dir="auto"
          rows={4}
          value={values.answer}
          maxLength={8_000}
          onChange={(event) => set("answer", event.target.value)}
        />
      </Field>
      <LinesField
        label="What must be said"
        description="Each in a few words, numbers included. Without any, the sentences of the good answer count."
        item="point"
        placeholder="60 days"
        most={12}
        values={values.points}
        error={errorOf("points")}
        onChange={(points) => set("points", points)}
      />
      <ArticleChoice
        articles={articles}
        value={values.articleId}
        error={errorOf("articleId")}
        onChange={(articleId) => set("articleId", articleId)}
      />
      {form.problem ? <Callout tone="bad">{form.problem}</Callout> : undefined}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={form.busy} disabled={!form.dirty}>
          {testCase === undefined ? "Add test case" : "Save"}
        </Button>
      </div>
    </form>
  );
}
