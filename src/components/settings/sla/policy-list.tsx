"use client";

import { Plus, Timer } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { callApi, type Outcome } from "#components/settings/call-api.ts";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { SlaPolicyView } from "#contracts/desk";
import type { OfficeHoursView } from "#contracts/office-hours";
import { bodyOf, PolicyEditor } from "./policy-editor.tsx";
import { PolicyRow } from "./policy-row.tsx";

type Props = {
  policies: SlaPolicyView[];
  schedules: OfficeHoursView[];
  teams: { id: string; name: string }[];
  mayEdit: boolean;
};

/** What a company promises, in the order in which it is asked for: the first that fits a conversation holds. */
export function PolicyList({ policies, schedules, teams, mayEdit }: Props) {
  const router = useRouter();
  const [shown, setShown] = useState(policies);
  const [editing, setEditing] = useState<{ policy?: SlaPolicyView }>();
  useEffect(() => setShown(policies), [policies]);
  const names = new Map(teams.map(({ id, name }) => [id, name]));
  const create = mayEdit ? (
    <Button onClick={() => setEditing({})}>
      <Plus aria-hidden />
      New service level
    </Button>
  ) : undefined;

  /** Shows a change at once, and takes it back where the server refuses it. */
  async function change(next: SlaPolicyView[]) {
    setShown(next);
    const refused = await saveAll(next.filter((policy) => isChanged(policy, policies)));
    if (refused !== undefined) {
      setShown(policies);
      toast.error(refused);
    }
    router.refresh();
  }

  function move(from: number, to: number) {
    const policy = shown[from];
    if (policy === undefined) return;
    const inOrder = shown.toSpliced(from, 1).toSpliced(to, 0, policy);
    void change(inOrder.map((each, position) => ({ ...each, position })));
  }

  return (
    <Card>
      <CardHeader
        title="Service levels"
        description="Looked at from top to bottom; the first that fits a conversation holds."
        actions={shown.length > 0 ? create : undefined}
      />
      {shown.length === 0 ? (
        <EmptyState icon={<Timer />} title="Nothing is promised yet" action={create}>
          Say how soon customers are answered. The inbox then shows what is due first, and warns before it is
          late.
        </EmptyState>
      ) : undefined}
      <ol className="divide-y divide-line">
        {shown.map((policy, index) => (
          <PolicyRow
            key={policy.id}
            policy={policy}
            place={{ first: index === 0, last: index === shown.length - 1 }}
            teamName={(id) => names.get(id) ?? "a team that is gone"}
            scheduleName={(id) => schedules.find((hours) => hours.id === id)?.name ?? "hours that are gone"}
            mayEdit={mayEdit}
            onEdit={() => setEditing({ policy })}
            onMove={(by) => move(index, index + by)}
            onSwitch={(enabled) => void change(shown.with(index, { ...policy, enabled }))}
            onRemoved={() => {
              toast.success(`${policy.name} was removed`);
              router.refresh();
            }}
          />
        ))}
      </ol>
      {editing ? (
        <PolicyEditor
          policy={editing.policy}
          position={shown.reduce((last, { position }) => Math.max(last, position + 1), 0)}
          schedules={schedules}
          teams={teams}
          onSaved={({ name }) => {
            setEditing(undefined);
            toast.success(`${name} is saved`);
            router.refresh();
          }}
          onClose={() => setEditing(undefined)}
        />
      ) : undefined}
    </Card>
  );
}

function isChanged(policy: SlaPolicyView, before: SlaPolicyView[]): boolean {
  const old = before.find(({ id }) => id === policy.id);
  return old?.position !== policy.position || old.enabled !== policy.enabled;
}

/** Saves one after another; the words of the first that is refused. */
async function saveAll(policies: SlaPolicyView[]): Promise<string | undefined> {
  for (const policy of policies) {
    const outcome: Outcome<SlaPolicyView> = await callApi(
      "PUT",
      `/api/admin/sla-policies/${policy.id}`,
      bodyOf(policy),
    );
    if (!outcome.ok) return outcome.message;
  }
  return undefined;
}
