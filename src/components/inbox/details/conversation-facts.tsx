"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { asWireError } from "#client/wire-error";
import { desk } from "#components/inbox/data/desk-api.ts";
import { useTeams } from "#components/inbox/data/desk-queries.ts";
import { changeRow } from "#components/inbox/data/optimistic.ts";
import { followEvent } from "#components/inbox/data/queries.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import type { Actions } from "#components/inbox/use-actions.ts";
import { Badge } from "#components/ui/badge.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { Attributes } from "#contracts/attributes";
import { languageName } from "#contracts/language-name";
import type { ConversationRow } from "#contracts/operator";
import { Fact, Facts } from "./facts.tsx";
import { InlineField } from "./inline-field.tsx";
import { NeededSkills } from "./needed-skills.tsx";

type Props = { row: ConversationRow; actions: Actions; onTags: () => void };

const none = "none";

/** What operators know of the conversation besides its words, each changed where it stands. */
export function ConversationFacts({ row, actions, onTags }: Props) {
  const { topic, teamId, language, skills, scope } = row.attributes;
  const teams = useTeams().data ?? [];
  const change = useChange(row);
  return (
    <Facts>
      <Fact name="Tags" wraps>
        <Tags row={row} actions={actions} onTags={onTags} />
      </Fact>
      <Fact name="Topic" wraps>
        <InlineField
          key={topic}
          label="topic"
          value={topic}
          maxLength={60}
          onSave={(value) => change({ topic: value }, { topic: value })}
        />
      </Fact>
      {teams.length > 0 ? (
        <Fact name="Team" wraps>
          <Select
            aria-label="Team"
            className="-mx-1.5 h-7 border-transparent bg-transparent px-1.5 shadow-none"
            value={teamId ?? none}
            items={[
              { value: none, label: "None" },
              ...teams.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onValueChange={(value) => {
              const chosen = value === none ? undefined : value;
              change({ teamId: chosen ?? null }, { teamId: chosen }).catch((error) =>
                toast.error(asWireError(error).message),
              );
            }}
          />
        </Fact>
      ) : undefined}
      <Fact name="Language" wraps>
        <InlineField
          key={language}
          label="language"
          value={language ?? ""}
          shown={language && languageName(language)}
          placeholder="Not known"
          maxLength={3}
          onSave={(value) => change({ language: value || null }, { language: value || undefined })}
        />
      </Fact>
      {scope && scope.topics.length > 0 && row.state.owner === "ai" ? (
        <Fact name="AI helps with" wraps>
          <span className="flex flex-wrap gap-1">
            {scope.topics.map((each) => (
              <Badge key={each}>{each}</Badge>
            ))}
          </span>
          {scope.by ? (
            <span className="block text-ink-3 text-xs">All else goes back to {scope.by.name}.</span>
          ) : undefined}
        </Fact>
      ) : undefined}
      <Fact name="Needs" wraps>
        <NeededSkills
          skills={skills}
          onSave={(next) => {
            change({ skills: next }, { skills: next }).catch((error) =>
              toast.error(asWireError(error).message),
            );
          }}
        />
      </Fact>
    </Facts>
  );
}

function Tags({ row, actions, onTags }: Props) {
  return (
    <span className="flex flex-wrap items-center gap-1">
      {row.attributes.tags.map((tag) => (
        <Badge key={tag} tone="accent" className="py-0 pe-0">
          <span dir="auto" className="max-w-32 truncate">
            {tag}
          </span>
          <button
            type="button"
            aria-label={`Remove tag ${tag}`}
            onClick={() => void actions.tag([], [tag])}
            className="flex size-6 items-center justify-center rounded-full hover:bg-accent/15"
          >
            <X aria-hidden />
          </button>
        </Badge>
      ))}
      <IconButton
        label="Change tags"
        keys="L"
        size="sm"
        className="size-6"
        icon={<Plus aria-hidden />}
        onClick={onTags}
      />
    </span>
  );
}

/** Shows a change at once and asks for it; what is refused is thrown, for the field to tell. */
function useChange(row: ConversationRow) {
  const client = useQueryClient();
  const { me } = useInbox();
  return async (asked: Parameters<typeof desk.setAttributes>[1], shown: Partial<Attributes>) => {
    const undo = changeRow(
      client,
      row.id,
      (before) => ({ ...before, attributes: { ...before.attributes, ...shown } }),
      me.id,
    );
    try {
      const answer = await desk.setAttributes(row.id, asked);
      followEvent(client, { type: "row", conversationId: row.id, row: answer }, me.id);
    } catch (error) {
      undo();
      throw error;
    }
  };
}
