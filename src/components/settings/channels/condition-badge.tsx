import {
  CircleCheck,
  CirclePause,
  CircleX,
  Hourglass,
  LockKeyhole,
  MoonStar,
  TriangleAlert,
} from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import type { ConnectionView } from "#contracts/connections";
import { type Condition, conditionOf } from "./condition.ts";

const icons: Record<Condition["kind"], typeof CircleCheck> = {
  working: CircleCheck,
  new: Hourglass,
  attention: TriangleAlert,
  silent: MoonStar,
  paused: CirclePause,
  revoked: CircleX,
  locked: LockKeyhole,
};

/** How a connection is: a sign and a word. */
export function ConditionBadge({ connection }: { connection: ConnectionView }) {
  const { kind, tone, word } = conditionOf(connection);
  const Icon = icons[kind];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {word}
    </Badge>
  );
}
