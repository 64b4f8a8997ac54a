import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";
import { sourceName } from "#client/sources";
import type { Source } from "#contracts/conversation";
import { Icon } from "./icons.tsx";
import { safeHref } from "./text/markdown.tsx";

/** Where an answer comes from: numbered chips, each opening its article and section. */
export function Sources({ sources, picked }: { sources: Source[]; picked: Signal<number | undefined> }) {
  const id = useId();
  const open = sources.find(({ number }) => number === picked.value);
  return (
    <div class="sources">
      <ul class="chips" aria-label="Sources">
        {sources.map((source) => (
          <li key={source.number}>
            <Chip source={source} name={sourceName(source, sources)} picked={picked} card={id} />
          </li>
        ))}
      </ul>
      {open && <SourceCard id={id} source={open} />}
    </div>
  );
}

type ChipProps = { source: Source; name: string; picked: Signal<number | undefined>; card: string };

function Chip({ source: { number }, name, picked, card }: ChipProps) {
  const isOpen = picked.value === number;
  return (
    <button
      type="button"
      class="chip"
      aria-expanded={isOpen}
      aria-controls={isOpen ? card : undefined}
      aria-label={`Source ${number} ${name}`}
      onClick={() => {
        picked.value = isOpen ? undefined : number;
      }}
    >
      <span class="chip-number">{number}</span>{" "}
      <span class="ellipsis" dir="auto">
        {name}
      </span>
    </button>
  );
}

function SourceCard({ id, source: { title, section, quote, url } }: { id: string; source: Source }) {
  const href = safeHref(url.startsWith("/") ? new URL(url, location.href).href : url);
  return (
    <section id={id} class="source" aria-label={`Source: ${title}`}>
      <p class="source-title" dir="auto">
        {title}
      </p>
      {section && (
        <p class="source-section" dir="auto">
          {section}
        </p>
      )}
      {quote && (
        <p class="source-quote" dir="auto">
          {quote.replaceAll(/\*\*|`|^#+ /gm, "")}
        </p>
      )}
      {href && (
        <a class="source-link" href={href} target="_blank" rel="noopener nofollow ugc">
          Open article
          <Icon name="external" size={14} />
        </a>
      )}
    </section>
  );
}
