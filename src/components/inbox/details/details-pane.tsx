"use client";

import { Sparkles, UserRound, X } from "lucide-react";
import { CopilotPanel } from "#components/inbox/copilot/copilot-panel.tsx";
import type { Thread } from "#components/inbox/data/thread.ts";
import type { Desk } from "#components/inbox/use-desk.ts";
import { IconButton } from "#components/ui/button.tsx";
import { Tab, TabList, TabPanel, Tabs } from "#components/ui/tabs.tsx";
import { ContactFacts } from "./contact-facts.tsx";
import { ConversationFacts } from "./conversation-facts.tsx";
import { CustomerCard } from "./customer-card.tsx";
import { Past } from "./past.tsx";
import { PhoneFacts } from "./phone-facts.tsx";
import { Section } from "./section.tsx";
import { Topics } from "./topics.tsx";
import { Why } from "./why.tsx";

/** The side of a conversation: its customer and why it went to a person or not, or the co-pilot. */
export function DetailsPane({ thread, desk }: { thread: Thread; desk: Desk }) {
  const { tab, setTab, toggle, overlaid } = desk.details;
  const { row, customer } = thread;
  const escalated = thread.escalation !== undefined;
  return (
    <aside aria-label="Details" className="flex h-full min-h-0 flex-col bg-surface">
      <Tabs value={tab} onValueChange={(next: unknown) => setTab(String(next))} className="h-full">
        <header className="flex h-15 shrink-0 items-end justify-between border-line border-b ps-4 pe-2">
          <TabList className="self-end border-b-0">
            <Tab value="customer">
              <UserRound className="size-4" aria-hidden />
              Customer
            </Tab>
            <Tab value="copilot">
              <Sparkles className="size-4" aria-hidden />
              Co-pilot
            </Tab>
          </TabList>
          <IconButton
            label="Hide details"
            keys="]"
            className="mb-3.5"
            icon={<X aria-hidden />}
            onClick={toggle}
          />
        </header>
        <TabPanel value="customer" className="flex-1 overflow-y-auto">
          <CustomerCard thread={thread} />
          <Topics row={row} />
          {thread.channel?.lead ? (
            <Section id="phone" title="Phone">
              <PhoneFacts key={row.id} thread={thread} lead={thread.channel.lead} />
            </Section>
          ) : undefined}
          <Section id="conversation" title="Conversation">
            <ConversationFacts row={row} actions={desk.actions} onTags={() => desk.setDialog("tags")} />
          </Section>
          <Section id="contact" title="Attributes">
            <ContactFacts key={customer.id} contactId={customer.id} conversationId={row.id} />
          </Section>
          <Section id="past" title="Earlier conversations">
            <Past key={row.id} conversationId={row.id} contactId={row.customer.id} />
          </Section>
          <Section id="why" title={escalated ? "Why did it escalate" : "Why did it not escalate"}>
            <Why conversationId={row.id} />
          </Section>
        </TabPanel>
        <TabPanel value="copilot" className="flex-1 overflow-y-auto">
          <CopilotPanel key={row.id} thread={thread} onInserted={overlaid ? toggle : undefined} />
        </TabPanel>
      </Tabs>
    </aside>
  );
}
