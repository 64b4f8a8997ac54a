"use client";

import { useRouter } from "next/navigation";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { CopyField } from "#components/ui/copy-field.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { AgentView } from "#contracts/admin";
import { callApi } from "./call-api.ts";
import { ColorField } from "./color-field.tsx";
import { LinesField } from "./lines-field.tsx";
import { SaveBar } from "./save-bar.tsx";
import { useForm } from "./use-form.ts";

type Props = { agent: AgentView; mayEdit: boolean };

const languages = [
  { value: "en", label: "English" },
  { value: "de", label: "German" },
  { value: "fr", label: "French" },
  { value: "es", label: "Spanish" },
  { value: "it", label: "Italian" },
  { value: "nl", label: "Dutch" },
  { value: "da", label: "Danish" },
  { value: "sv", label: "Swedish" },
];

/** How the AI agent speaks, looks and where it may appear. */
export function AgentForm({ agent, mayEdit }: Props) {
  const router = useRouter();
  const form = useForm(fieldsOf(agent));
  const { values, set, errorOf } = form;

  async function save() {
    const saved = await form.submit((values) =>
      callApi<AgentView>("PATCH", `/api/admin/agents/${agent.id}`, { ...values, version: agent.version }),
    );
    if (saved === undefined) return;
    form.reset(fieldsOf(saved));
    toast.success("Agent saved. New answers follow it at once.");
    router.refresh();
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset disabled={!mayEdit} className="contents">
        <Card>
          <CardHeader title="Voice" description="Who the agent is and how it answers." />
          <CardBody>
            <div className="grid gap-4 sm:grid-cols-[1fr_10rem]">
              <Field label="Name" error={errorOf("name")}>
                <Input value={values.name} onChange={(event) => set("name", event.target.value)} />
              </Field>
              <Field label="First language" error={errorOf("language")}>
                <Select
                  items={withLanguage(values.language)}
                  value={values.language}
                  onValueChange={(value) => set("language", value)}
                />
              </Field>
            </div>
            <Field
              label="Instructions"
              description="For a language model: tone, what to mention, what never to promise. The built-in answerer quotes articles word for word instead."
              error={errorOf("instructions")}
            >
              <Textarea
                rows={6}
                value={values.instructions}
                onChange={(event) => set("instructions", event.target.value)}
              />
            </Field>
            <Field
              label="Greeting"
              description="The first words in an empty chat."
              error={errorOf("greeting")}
            >
              <Textarea
                rows={2}
                value={values.greeting}
                onChange={(event) => set("greeting", event.target.value)}
              />
            </Field>
            <LinesField
              label="Suggested questions"
              description="Up to five, shown as buttons under the greeting."
              item="question"
              most={5}
              values={values.suggestions}
              error={errorOf("suggestions")}
              onChange={(next) => set("suggestions", next)}
            />
            <LinesField
              label="Suggested topics"
              description="What customers may want to keep apart, such as orders and returns. Each topic is a conversation of its own."
              item="topic"
              most={8}
              values={values.topics}
              error={errorOf("topics")}
              onChange={(next) => set("topics", next)}
            />
            <ColorField
              value={values.color}
              error={errorOf("color")}
              onChange={(color) => set("color", color)}
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader
            title="On your site"
            description="Where the chat may appear, and the line that puts it there."
          />
          <CardBody>
            <LinesField
              label="Allowed sites"
              description="The origin only, without a path. The chat answers to no other site."
              item="site"
              placeholder="https://www.example.com"
              most={50}
              values={values.allowedOrigins}
              error={errorOf("allowedOrigins")}
              onChange={(next) => set("allowedOrigins", next)}
            />
            <div className="flex flex-col gap-1.5">
              <span className="font-medium text-ink text-sm">Embed snippet</span>
              <CopyField label="embed snippet" value={agent.embed} multiline />
              <p className="text-ink-3 text-xs">
                Paste it before the end of each page. A Content Security Policy needs two entries: this server
                in <code>script-src</code> and in <code>frame-src</code>.
              </p>
            </div>
          </CardBody>
          {mayEdit ? (
            <SaveBar
              dirty={form.dirty}
              busy={form.busy}
              problem={form.problem}
              onDiscard={() => form.reset()}
            />
          ) : undefined}
        </Card>
      </fieldset>
    </form>
  );
}

function fieldsOf(agent: AgentView) {
  const { name, instructions, greeting, suggestions, topics, color, language, allowedOrigins } = agent;
  return { name, instructions, greeting, suggestions, topics, color, language, allowedOrigins };
}

function withLanguage(value: string) {
  const known = languages.some((language) => language.value === value);
  return known ? languages : [...languages, { value, label: value }];
}
