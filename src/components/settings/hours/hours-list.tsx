"use client";

import { CalendarClock, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { callApi } from "#components/settings/call-api.ts";
import { ConfirmButton } from "#components/settings/confirm-button.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { List, ListRow } from "#components/ui/list.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { OfficeHoursView } from "#contracts/office-hours";
import { weekWords } from "./hours-words.ts";
import { NewHoursLink } from "./new-hours-link.tsx";
import { OpenLine } from "./open-line.tsx";

type Props = { schedules: OfficeHoursView[]; mayEdit: boolean };

/** All hours of a company: its own first, then those of teams and service levels. */
export function HoursList({ schedules, mayEdit }: Props) {
  const router = useRouter();
  if (schedules.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={<CalendarClock />}
          title="No office hours yet"
          action={mayEdit ? <NewHoursLink words="Set office hours" /> : undefined}
        >
          Until they are set nobody is told when you are back, and the clocks of service levels run day and
          night.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <List>
        {schedules.map((hours) => (
          <ListRow
            key={hours.id}
            title={
              <Link href={`/settings/hours/${hours.id}`} className="rounded-sm hover:underline">
                <bdi>{hours.name}</bdi>
              </Link>
            }
            description={
              <>
                <span className="block whitespace-normal">{weekWords(hours.schedule.week)}</span>
                <span className="block whitespace-normal">
                  {hours.schedule.timeZone.replaceAll("_", " ")}
                  {usedWords(hours)}
                </span>
                <OpenLine schedule={hours.schedule} className="mt-0.5 sm:hidden" />
              </>
            }
            meta={
              <span className="flex flex-col items-end gap-1">
                {hours.isDefault ? <Badge tone="accent">The company's</Badge> : undefined}
                <OpenLine schedule={hours.schedule} className="hidden sm:inline-flex" />
              </span>
            }
            actions={
              mayEdit ? (
                <ConfirmButton
                  trigger={<IconButton label={`Remove ${hours.name}`} icon={<Trash2 aria-hidden />} />}
                  title={`Remove ${hours.name}?`}
                  action="Remove hours"
                  run={() => callApi("DELETE", `/api/admin/office-hours/${hours.id}`)}
                  onDone={() => {
                    toast.success(`${hours.name} was removed`);
                    router.refresh();
                  }}
                >
                  {removalWords(hours)}
                </ConfirmButton>
              ) : undefined
            }
          />
        ))}
      </List>
    </Card>
  );
}

function usedWords({ usedBy }: OfficeHoursView): string {
  const names = [...usedBy.teams, ...usedBy.policies];
  return names.length === 0 ? "" : ` · used by ${names.join(", ")}`;
}

function removalWords({ usedBy, isDefault }: OfficeHoursView): string {
  const teams =
    usedBy.teams.length === 0 ? "" : `${usedBy.teams.join(", ")}: the company's hours hold instead. `;
  const clocks = isDefault
    ? "The clocks of conversations that are open run day and night from then on."
    : "The clocks of conversations that are open are set anew.";
  return `${teams}${clocks} Nobody loses a conversation.`;
}
