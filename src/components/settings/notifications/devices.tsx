"use client";

import { MonitorSmartphone, X } from "lucide-react";
import { useEffect, useState } from "react";
import { turnPushOff, usePush } from "#components/alerts/push.ts";
import { callApi } from "#components/settings/call-api.ts";
import { Ago } from "#components/settings/channels/ago.tsx";
import { Day } from "#components/settings/moment.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { List, ListRow } from "#components/ui/list.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { type PushDevice, PushSituation } from "#contracts/notifications";

/** The browsers that an operator is told by, wherever they are. */
export function Devices({ devices: initial }: { devices: PushDevice[] }) {
  const { deviceId } = usePush();
  const [devices, setDevices] = useState(initial);

  // Turned on or off in this browser, the list is another.
  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched anew for each device that this browser becomes.
  useEffect(() => {
    let stale = false;
    void callApi<unknown>("GET", "/api/agent/notifications/push").then((answer) => {
      const parsed = answer.ok ? PushSituation.safeParse(answer.data) : undefined;
      if (!stale && parsed?.success) setDevices(parsed.data.devices);
    });
    return () => {
      stale = true;
    };
  }, [deviceId]);

  async function remove(device: PushDevice) {
    const before = devices;
    setDevices(before.filter(({ id }) => id !== device.id));
    if (device.id === deviceId) return turnPushOff();
    const answer = await callApi("DELETE", `/api/agent/notifications/push/${device.id}`);
    if (answer.ok || answer.code === "not_found") return;
    setDevices(before);
    toast.error(answer.message);
  }

  return (
    <Card>
      <CardHeader
        title="Your devices"
        description="Each is told for as long as you are signed in there; signing out takes it off the list."
      />
      {devices.length === 0 ? (
        <p className="px-5 py-6 text-center text-ink-3 text-sm">
          No browser is told yet. Turn notifications on above, there and on your phone.
        </p>
      ) : (
        <List>
          {devices.map((device) => (
            <ListRow
              key={device.id}
              leading={<MonitorSmartphone className="size-4.5 shrink-0 text-ink-3" aria-hidden />}
              title={
                <span className="flex items-center gap-2">
                  {device.name}
                  {device.id === deviceId ? <Badge tone="accent">This browser</Badge> : undefined}
                </span>
              }
              description={
                device.lastSentAt ? (
                  <>
                    Last told <Ago value={device.lastSentAt} />
                  </>
                ) : (
                  <>
                    Since <Day value={device.createdAt} />
                  </>
                )
              }
              actions={
                <IconButton
                  label={`Stop telling ${device.name}`}
                  icon={<X aria-hidden />}
                  onClick={() => void remove(device)}
                />
              }
            />
          ))}
        </List>
      )}
    </Card>
  );
}
