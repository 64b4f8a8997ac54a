"use client";

import { useRouter } from "next/navigation";
import { callApi } from "#components/settings/call-api.ts";
import { Tab, TabList, TabPanel, Tabs } from "#components/ui/tabs.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { RuleDraft, RuleHistory } from "#contracts/rules";
import { DraftBar } from "./draft-bar.tsx";
import { HistoryCard } from "./history-card.tsx";
import type { Team } from "./rule-form.tsx";
import { RuleList } from "./rule-list.tsx";
import { TestBox } from "./test-box.tsx";
import { TimeMachine } from "./time-machine.tsx";
import { useDraft } from "./use-draft.ts";
import { WordsCard } from "./words-card.tsx";

type Props = {
  draft: RuleDraft;
  teams: Team[];
  history: RuleHistory;
  /** The newest run of the time machine. */
  newestRun: string | undefined;
  mayEdit: boolean;
};

const places = [
  { value: "rules", label: "Rules" },
  { value: "words", label: "Words" },
  { value: "test", label: "Test box" },
  { value: "time", label: "Time machine" },
  { value: "history", label: "History" },
];

/** Where a company's escalation rules are drafted, tried, run over the past, and published. */
export function RulesStudio({ draft: initial, teams, history, newestRun, mayEdit }: Props) {
  const router = useRouter();
  const draft = useDraft(initial);

  async function refresh() {
    const outcome = await callApi<RuleDraft>("GET", "/api/admin/rules/draft");
    if (outcome.ok) draft.take(outcome.data);
    else toast.error(outcome.message);
    router.refresh();
  }

  return (
    <div className="flex flex-col gap-4">
      {mayEdit ? <DraftBar draft={draft} onPublished={() => void refresh()} /> : undefined}
      <Tabs defaultValue="rules" className="gap-4">
        <TabList className="overflow-x-auto overflow-y-hidden">
          {places.map(({ value, label }) => (
            <Tab key={value} value={value} className="shrink-0">
              {label}
            </Tab>
          ))}
        </TabList>
        <TabPanel value="rules">
          <RuleList draft={draft} teams={teams} mayEdit={mayEdit} />
        </TabPanel>
        <TabPanel value="words">
          <WordsCard draft={draft} mayEdit={mayEdit} />
        </TabPanel>
        <TabPanel value="test" keepMounted>
          <TestBox draft={draft} />
        </TabPanel>
        <TabPanel value="time">
          <TimeMachine draft={draft} newest={newestRun} mayEdit={mayEdit} />
        </TabPanel>
        <TabPanel value="history">
          <HistoryCard key={draft.draft.published} draft={draft} first={history} mayEdit={mayEdit} />
        </TabPanel>
      </Tabs>
    </div>
  );
}
