"use client";

import { Languages, Replace, Smile, SpellCheck, TextQuote } from "lucide-react";
import type { ReactNode } from "react";
import { useReplyText } from "#components/inbox/composer/access.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Markdown } from "#components/ui/markdown.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { ModelState, RewriteBody } from "#contracts/copilot";
import { languagesFor } from "./languages.ts";
import { type Rewritten, useRewrite } from "./use-rewrite.ts";

type Props = {
  conversationId: string;
  onReplaced: (() => void) | undefined;
  model: ModelState | undefined;
  customerLanguage: string | undefined;
};

/** Puts the draft into other words, which the operator then takes or leaves. */
export function DraftTools({ conversationId, onReplaced, model, customerLanguage }: Props) {
  const { composer } = useInbox();
  const draft = useReplyText({ composer })?.trim() ?? "";
  const { rewritten, start, clear } = useRewrite(conversationId);
  const reason = whyNot(model, draft);
  const blocked = reason !== undefined || rewritten?.status === "writing";
  const rewrite = (how: RewriteBody["how"]) => start({ text: draft, how });

  function take({ of, text }: Rewritten) {
    if (!composer.insert(text, { at: "all" })) return;
    clear();
    onReplaced?.();
    const undo = { label: "Undo", onClick: () => void composer.insert(of, { at: "all" }) };
    toast("Draft replaced", { action: undo });
  }

  return (
    <>
      <div className="flex flex-wrap gap-1.5">
        <Tool
          icon={<TextQuote aria-hidden />}
          disabled={blocked}
          onPress={() => rewrite({ kind: "shorter" })}
        >
          Shorter
        </Tool>
        <Tool icon={<Smile aria-hidden />} disabled={blocked} onPress={() => rewrite({ kind: "friendlier" })}>
          Friendlier
        </Tool>
        <Tool
          icon={<SpellCheck aria-hidden />}
          disabled={blocked}
          onPress={() => rewrite({ kind: "grammar" })}
        >
          Fix grammar
        </Tool>
        <Menu
          className="max-h-72"
          trigger={
            <Button size="sm" disabled={blocked}>
              <Languages aria-hidden />
              Translate
            </Button>
          }
        >
          {languagesFor(customerLanguage).map(({ tag, name }) => (
            <MenuItem key={tag} onClick={() => rewrite({ kind: "translate", to: tag })}>
              {name}
            </MenuItem>
          ))}
        </Menu>
      </div>
      {reason ? <p className="mt-2 text-ink-3 text-xs">{reason}</p> : undefined}
      {rewritten ? (
        <Result rewritten={rewritten} onTake={() => take(rewritten)} onLeave={clear} />
      ) : undefined}
    </>
  );
}

type ToolProps = { icon: ReactNode; disabled: boolean; onPress: () => void; children: ReactNode };

function Tool({ icon, disabled, onPress, children }: ToolProps) {
  return (
    <Button size="sm" disabled={disabled} onClick={onPress}>
      {icon}
      {children}
    </Button>
  );
}

type ResultProps = { rewritten: Rewritten; onTake: () => void; onLeave: () => void };

function Result({ rewritten: { text, status, problem }, onTake, onLeave }: ResultProps) {
  if (status === "failed")
    return (
      <Callout tone="bad" className="mt-2.5">
        <p>{problem}</p>
      </Callout>
    );
  return (
    <div
      aria-busy={status === "writing"}
      className="mt-2.5 animate-rise rounded-xl border border-line bg-raised shadow-xs"
    >
      <div aria-live={status === "done" ? "polite" : "off"} className="px-3 py-2.5">
        {text === "" ? <Skeleton className="h-10" /> : <Markdown text={text} className="text-sm" />}
      </div>
      <div className="flex gap-1.5 px-3 pb-3">
        <Button size="sm" variant="primary" disabled={status !== "done"} onClick={onTake}>
          <Replace aria-hidden />
          Replace draft
        </Button>
        <Button size="sm" variant="ghost" onClick={onLeave}>
          {status === "writing" ? "Stop" : "Discard"}
        </Button>
      </div>
    </div>
  );
}

function whyNot(model: ModelState | undefined, draft: string): string | undefined {
  if (model === "missing") return "Rewriting needs a language model, and none is connected.";
  return draft === "" ? "Write a reply first; then it can be put into other words." : undefined;
}
