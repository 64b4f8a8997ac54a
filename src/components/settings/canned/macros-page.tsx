"use client";

import { Pencil, Plus, Trash2, Zap } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { ConfirmButton } from "#components/settings/confirm-button.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { List, ListRow } from "#components/ui/list.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { Macro } from "#contracts/desk-tools";
import { MacroEditor } from "./macro-editor.tsx";
import type { Team } from "./scope-fields.tsx";
import { SharedNote } from "./shared-note.tsx";
import { stepsInWords } from "./steps.ts";

type Props = {
  macros: Macro[];
  operators: { id: string; name: string }[];
  teams: Team[];
  mayEdit: boolean;
};

/** Several steps in one press. */
export function MacrosPage({ macros, operators, teams, mayEdit }: Props) {
  const router = useRouter();
  const [editing, setEditing] = useState<{ macro?: Macro }>();
  const create = mayEdit ? (
    <Button variant="primary" onClick={() => setEditing({})}>
      <Plus aria-hidden />
      New macro
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader
        title="Macros"
        description="Several steps in one press, shown before they are done. Press M in a conversation to run one."
        actions={macros.length > 0 ? create : undefined}
      />
      <Card>
        {macros.length === 0 ? (
          <EmptyState icon={<Zap />} title="No macros yet" action={create}>
            Reply, tag and resolve at once, for what ends the same way again and again.
          </EmptyState>
        ) : undefined}
        <List>
          {macros.map((macro) => (
            <ListRow
              key={macro.id}
              title={<bdi>{macro.name}</bdi>}
              description={<bdi>{stepsInWords(macro.actions, [...operators, ...teams])}</bdi>}
              meta={
                <>
                  {macro.visibility === "personal" ? <Badge>Only you</Badge> : undefined}
                  <span className="hidden whitespace-nowrap tabular-nums sm:inline">
                    run {macro.used} times
                  </span>
                </>
              }
              actions={
                mayEdit && macro.mayChange ? (
                  <>
                    <IconButton
                      label={`Change ${macro.name}`}
                      icon={<Pencil aria-hidden />}
                      onClick={() => setEditing({ macro })}
                    />
                    <ConfirmButton
                      trigger={<IconButton label={`Remove ${macro.name}`} icon={<Trash2 aria-hidden />} />}
                      title={`Remove “${macro.name}”?`}
                      action="Remove"
                      run={() => callApi("DELETE", `/api/agent/macros/${macro.id}`)}
                      onDone={() => {
                        toast.success(`“${macro.name}” was removed`);
                        router.refresh();
                      }}
                    >
                      It can no longer be run. What it did stays done.
                    </ConfirmButton>
                  </>
                ) : undefined
              }
            />
          ))}
        </List>
      </Card>
      <SharedNote kept={macros} />
      {editing ? (
        <MacroEditor
          macro={editing.macro}
          operators={operators}
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
