"use client";

import { Pause, Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { ConnectionView } from "#contracts/connections";

type Props = { connectionId: string; name: string; state: ConnectionView["state"] };

/** Stops a connection, or starts it again, at once. */
export function PauseButton({ connectionId, name, state }: Props) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const to = state === "active" ? "paused" : "active";

  async function change() {
    setBusy(true);
    const outcome = await callApi("PATCH", `/api/admin/connections/${connectionId}`, { state: to });
    setBusy(false);
    if (outcome.ok) toast.success(to === "paused" ? `${name} is paused` : `${name} is active again`);
    else toast.error(outcome.message);
    router.refresh();
  }

  return (
    <Button busy={busy} onClick={() => void change()}>
      <Sign busy={busy} to={to} />
      {to === "paused" ? "Pause" : "Resume"}
    </Button>
  );
}

function Sign({ busy, to }: { busy: boolean; to: "active" | "paused" }) {
  if (busy) return undefined;
  return to === "paused" ? <Pause aria-hidden /> : <Play aria-hidden />;
}
