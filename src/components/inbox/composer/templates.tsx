"use client";

import { useState } from "react";
import { asWireError } from "#client/wire-error";
import { useTemplates } from "#components/inbox/data/queries.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ChannelSituation, ConversationRow, Template } from "#contracts/operator";
import { TemplateFill } from "./template-fill.tsx";
import { TemplateForm } from "./template-form.tsx";
import { TemplatePicker } from "./template-picker.tsx";

type Props = { row: ConversationRow; channel: ChannelSituation; closed: string; hint: string };

/** After the reply window only a message that the platform has approved beforehand reaches the customer. */
export function Templates({ row, channel, closed, hint }: Props) {
  const [chosen, setChosen] = useState<Template>();
  if (chosen)
    return <TemplateFill row={row} template={chosen} hint={hint} onLeave={() => setChosen(undefined)} />;
  return (
    <div className="flex flex-col gap-3 px-3.5 pt-2 pb-3">
      <p className="text-ink-2 text-sm">
        {closed} Until the customer writes, {channel.label} takes approved templates only.
      </p>
      <Choice row={row} channel={channel} hint={hint} onChoose={setChosen} />
    </div>
  );
}

type ChoiceProps = Omit<Props, "closed"> & { onChoose: (template: Template) => void };

/** The list of what can be sent; where it cannot be had, the way to name a template without it. */
function Choice({ row, channel, hint, onChoose }: ChoiceProps) {
  const { data, error, isPending, isFetching, refetch } = useTemplates(row.id, channel.connection.id);
  const [naming, setNaming] = useState(false);
  if (isPending) return <Loading />;
  if (data === undefined) {
    return (
      <>
        <Callout tone="warning" title="The list of templates could not be loaded">
          <p>
            {asWireError(error).message} You can still send one by the name that it has on {channel.label}.
          </p>
          <Button size="sm" className="mt-2" busy={isFetching} onClick={() => refetch()}>
            Try again
          </Button>
        </Callout>
        <TemplateForm row={row} hint={hint} />
      </>
    );
  }
  if (data.length === 0) {
    return (
      <>
        <Callout>{channel.label} has approved no template for this account that needs only words.</Callout>
        <TemplateForm row={row} hint={hint} />
      </>
    );
  }
  if (naming) return <TemplateForm row={row} hint={hint} onLeave={() => setNaming(false)} />;
  return <TemplatePicker templates={data} hint={hint} onChoose={onChoose} onName={() => setNaming(true)} />;
}

function Loading() {
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="sr-only">Loading the templates</span>
      <Skeleton className="h-8" />
      <Skeleton className="h-11" />
      <Skeleton className="h-11" />
    </div>
  );
}
