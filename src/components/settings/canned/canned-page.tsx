"use client";

import { MessageSquareQuote, Pencil, Plus, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { ConfirmButton } from "#components/settings/confirm-button.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Input } from "#components/ui/input.tsx";
import { List, ListRow } from "#components/ui/list.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { CannedResponse } from "#contracts/desk-tools";
import { CannedEditor } from "./canned-editor.tsx";
import type { Team } from "./scope-fields.tsx";
import { SharedNote } from "./shared-note.tsx";

type Props = { responses: CannedResponse[]; teams: Team[]; mayEdit: boolean };

/** What is answered again and again, kept once. */
export function CannedPage({ responses, teams, mayEdit }: Props) {
  const router = useRouter();
  const [editing, setEditing] = useState<{ response?: CannedResponse }>();
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase().replace(/^\//, "");
  const shown = responses.filter(({ name, title, text }) =>
    `${name} ${title} ${text}`.toLowerCase().includes(wanted),
  );
  const create = mayEdit ? (
    <Button variant="primary" onClick={() => setEditing({})}>
      <Plus aria-hidden />
      New canned response
    </Button>
  ) : undefined;

  return (
    <>
      <PageHeader
        title="Canned responses"
        description="Words that you send again and again. Type / in a reply to use them."
        actions={responses.length > 0 ? create : undefined}
      />
      {responses.length > 6 ? (
        <Input
          aria-label="Find a canned response"
          placeholder="Find by name or words…"
          className="mb-3 max-w-72"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      ) : undefined}
      <Card>
        {responses.length === 0 ? (
          <EmptyState icon={<MessageSquareQuote />} title="No canned responses yet" action={create}>
            Write what you answer most once, with the customer's name where it belongs.
          </EmptyState>
        ) : undefined}
        {responses.length > 0 && shown.length === 0 ? (
          <p className="px-5 py-8 text-center text-ink-3 text-sm">None has these words.</p>
        ) : undefined}
        <List>
          {shown.map((response) => (
            <Line
              key={response.id}
              response={response}
              mayEdit={mayEdit && response.mayChange}
              onEdit={() => setEditing({ response })}
              onRemoved={() => {
                toast.success(`/${response.name} was removed`);
                router.refresh();
              }}
            />
          ))}
        </List>
      </Card>
      <SharedNote kept={responses} />
      {editing ? (
        <CannedEditor
          response={editing.response}
          teams={teams}
          onSaved={() => {
            setEditing(undefined);
            toast.success("Saved");
            router.refresh();
          }}
          onClose={() => setEditing(undefined)}
        />
      ) : undefined}
    </>
  );
}

type LineProps = {
  response: CannedResponse;
  mayEdit: boolean;
  onEdit: () => void;
  onRemoved: () => void;
};

function Line({ response, mayEdit, onEdit, onRemoved }: LineProps) {
  const { id, name, title, text, visibility, used } = response;
  return (
    <ListRow
      title={
        <>
          <bdi>{title}</bdi> <code className="font-mono font-normal text-ink-3 text-xs">/{name}</code>
        </>
      }
      description={<bdi>{text}</bdi>}
      meta={
        <>
          {visibility === "personal" ? <Badge>Only you</Badge> : undefined}
          <span className="hidden whitespace-nowrap tabular-nums sm:inline">used {used} times</span>
        </>
      }
      actions={
        mayEdit ? (
          <>
            <IconButton label={`Change /${name}`} icon={<Pencil aria-hidden />} onClick={onEdit} />
            <ConfirmButton
              trigger={<IconButton label={`Remove /${name}`} icon={<Trash2 aria-hidden />} />}
              title={`Remove /${name}?`}
              action="Remove"
              run={() => callApi("DELETE", `/api/agent/canned-responses/${id}`)}
              onDone={onRemoved}
            >
              “{title}” can no longer be used. What was sent with it stays.
            </ConfirmButton>
          </>
        ) : undefined
      }
    />
  );
}
