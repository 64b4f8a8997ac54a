"use client";

import type { z } from "zod";
import { callApi } from "#components/settings/call-api.ts";
import { useForm } from "#components/settings/use-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardFooter, CardHeader } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { ConnectionCreated, PlatformCard } from "#contracts/connections";
import { filledIn, pathOf } from "./changes.ts";
import { ConfigFields } from "./config-fields.tsx";
import { FindGuide } from "./find-guide.tsx";

export type Created = z.infer<typeof ConnectionCreated>;
export type AgentChoice = { id: string; name: string };

type Props = { platform: PlatformCard; agents: AgentChoice[]; onCreated: (created: Created) => void };

/** Asks for a platform's credentials, and says where they stand. */
export function CreateForm({ platform, agents, onCreated }: Props) {
  const form = useForm<Record<string, string>>({
    name: platform.label,
    agentId: agents[0]?.id ?? "",
    ...Object.fromEntries(platform.fields.map(({ name }) => [pathOf(name), ""])),
  });
  const { values, set, errorAt } = form;

  async function create() {
    const created = await form.submit(({ name, agentId, ...given }) =>
      callApi<Created>("POST", "/api/admin/connections", {
        channel: platform.name,
        name,
        agentId,
        settings: filledIn(platform, given),
      }),
    );
    if (created !== undefined) onCreated(created);
  }

  return (
    <Card>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <CardHeader
          title={`${platform.label}: credentials`}
          description="They are kept encrypted, and never shown again."
        />
        <CardBody>
          <FindGuide channel={platform.name} open />
          <Field
            label="Name"
            description="As your colleagues will see it in the inbox."
            error={errorAt("name")}
          >
            <Input value={values.name} onChange={(event) => set("name", event.target.value)} />
          </Field>
          {agents.length > 1 ? (
            <Field label="Answered by" error={errorAt("agentId")}>
              <Select
                items={agents.map(({ id, name }) => ({ value: id, label: name }))}
                value={values.agentId}
                onValueChange={(id) => set("agentId", id)}
              />
            </Field>
          ) : undefined}
          <ConfigFields platform={platform} values={values} errorAt={errorAt} onChange={set} />
        </CardBody>
        <CardFooter>
          {form.problem ? (
            <Callout tone="bad" className="w-full">
              {form.problem}
            </Callout>
          ) : undefined}
          <Button type="submit" variant="primary" busy={form.busy}>
            Save and go on
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
