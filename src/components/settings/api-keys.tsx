"use client";

import { KeyRound, Plus, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { CopyField } from "#components/ui/copy-field.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { List, ListRow } from "#components/ui/list.tsx";
import type { CreatedKey, KeyView } from "#contracts/admin";
import { callApi } from "./call-api.ts";
import { ConfirmButton } from "./confirm-button.tsx";
import { CreateKey } from "./create-key.tsx";
import { Day } from "./moment.tsx";

const tones = { active: "green", expired: "neutral", revoked: "neutral" } as const;

/** The company's API keys; a new one is shown whole once. */
export function ApiKeys({ keys }: { keys: KeyView[] }) {
  const router = useRouter();
  const [made, setMade] = useState<CreatedKey>();
  const create = (
    <CreateKey
      trigger={
        <Button variant="primary">
          <Plus aria-hidden />
          New key
        </Button>
      }
      onCreated={(key) => {
        setMade(key);
        router.refresh();
      }}
    />
  );

  return (
    <div className="flex flex-col gap-4">
      {made ? (
        <Callout tone="good" title={`“${made.name}” is made. Copy it now: it is not shown again.`}>
          <CopyField label="API key" value={made.key} className="mt-2" />
        </Callout>
      ) : undefined}
      <Card>
        {keys.length === 0 ? (
          <EmptyState icon={<KeyRound />} title="No keys yet" action={create}>
            A key lets a program read and answer conversations, or change settings, without a person signed
            in.
          </EmptyState>
        ) : (
          <>
            <CardHeader title={keys.length === 1 ? "1 key" : `${keys.length} keys`} actions={create} />
            <List>
              {keys.map((key) => (
                <ListRow
                  key={key.id}
                  title={key.name}
                  description={
                    <>
                      <code>{key.prefix}…</code> · {key.scopes.join(", ")} · <Use of={key} />
                    </>
                  }
                  meta={
                    <Badge tone={tones[key.state]} className="capitalize">
                      {key.state}
                    </Badge>
                  }
                  actions={
                    key.state === "active" ? (
                      <ConfirmButton
                        trigger={<IconButton label={`Revoke ${key.name}`} icon={<Trash2 aria-hidden />} />}
                        title={`Revoke “${key.name}”?`}
                        action="Revoke"
                        run={() => callApi("DELETE", `/api/admin/api-keys/${key.id}`)}
                        onDone={() => router.refresh()}
                      >
                        Whatever uses this key is refused within seconds, for good.
                      </ConfirmButton>
                    ) : undefined
                  }
                />
              ))}
            </List>
          </>
        )}
      </Card>
    </div>
  );
}

function Use({ of: { lastUsedAt, expiresAt } }: { of: KeyView }) {
  return (
    <>
      {lastUsedAt ? (
        <>
          used <Day value={lastUsedAt} />
        </>
      ) : (
        "never used"
      )}
      {expiresAt ? (
        <>
          , until <Day value={expiresAt} />
        </>
      ) : undefined}
    </>
  );
}
