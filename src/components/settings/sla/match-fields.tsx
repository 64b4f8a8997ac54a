"use client";

import { CheckList } from "#components/settings/teams/check-list.tsx";
import { WordsField } from "#components/settings/words-field.tsx";
import { ChannelIcon, channelLabel } from "#components/ui/channel-icon.tsx";
import { ChannelName } from "#contracts/channel";
import type { PolicyMatch } from "#contracts/desk";

type Team = { id: string; name: string };

type Props = { match: PolicyMatch; teams: Team[]; onChange: (match: PolicyMatch) => void };

const channels = ChannelName.options.map((id) => ({
  id,
  name: channelLabel(id),
  leading: <ChannelIcon channel={id} />,
}));

/** Which conversations a policy is for: what is left empty allows all. */
export function MatchFields({ match, teams, onChange }: Props) {
  const put = (name: keyof PolicyMatch) => (values: string[]) =>
    // An empty list would allow nothing; none at all allows everything.
    onChange({ ...match, [name]: values.length === 0 ? undefined : values });
  return (
    <details className="group rounded-lg border border-line px-3 py-2.5" open={isSet(match)}>
      <summary className="cursor-pointer select-none font-medium text-sm">
        Only for some conversations
      </summary>
      <div className="mt-3 flex flex-col gap-4">
        <p className="text-ink-3 text-xs">What is left empty allows all. All that is chosen must hold.</p>
        <CheckList
          label="Channels"
          item="channel"
          choices={channels}
          chosen={match.channels ?? []}
          empty=""
          onChange={put("channels")}
        />
        <CheckList
          label="Teams"
          item="team"
          choices={teams}
          chosen={match.teams ?? []}
          empty="There are no teams yet."
          onChange={put("teams")}
        />
        <WordsField label="Topics" values={match.topics ?? []} disabled={false} onChange={put("topics")} />
        <WordsField
          label="Tags"
          values={match.tags ?? []}
          disabled={false}
          onChange={(tags) => put("tags")([...new Set(tags.map((tag) => tag.toLowerCase()))])}
        />
      </div>
    </details>
  );
}

function isSet(match: PolicyMatch): boolean {
  return Object.values(match).some((list) => list !== undefined && list.length > 0);
}
