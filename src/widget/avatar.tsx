import type { MessageView } from "#contracts/conversation";
import { Icon } from "./icons.tsx";
import { initials } from "./text/words.ts";

/** A face without a photograph: a spark for the assistant, initials for a person. */
export function Avatar({
  kind,
  name,
  size = 28,
}: {
  kind: MessageView["author"]["kind"];
  name: string;
  size?: number;
}) {
  return (
    <span class={`avatar avatar-${kind}`} aria-hidden="true" style={{ "--size": `${size}px` }}>
      {kind === "agent" ? <Icon name="spark" size={Math.round(size * 0.62)} /> : initials(name)}
    </span>
  );
}
