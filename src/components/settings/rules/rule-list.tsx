"use client";

import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { EscalationRule } from "#contracts/escalation";
import { triggerNames } from "#contracts/rule-words";
import { addable, inOrder, moved, newRule } from "./new-rule.ts";
import { nameField, type Team } from "./rule-form.tsx";
import { RuleRow } from "./rule-row.tsx";
import type { Draft } from "./use-draft.ts";

type Props = { draft: Draft; teams: Team[]; mayEdit: boolean };

/** All rules of the draft, in the order in which they are looked at. */
export function RuleList({ draft, teams, mayEdit }: Props) {
  const rules = inOrder(draft.rules);
  const changed = new Set(draft.draft.changes.flatMap(({ ruleId }) => ruleId ?? []));
  const [added, setAdded] = useState<string>();
  const unnamed = useRef<string>(undefined);

  function add(trigger: (typeof addable)[number]) {
    const id = crypto.randomUUID();
    draft.changeRules([...rules, newRule(trigger, id, rules.at(-1)?.priority ?? 0)]);
    setAdded(id);
    unnamed.current = id;
  }

  /** From the menu straight to the name of what was added by it. */
  function afterMenu() {
    const field = unnamed.current === undefined ? undefined : nameField(unnamed.current);
    unnamed.current = undefined;
    return field ?? true;
  }

  function remove(rule: EscalationRule) {
    const before = draft.rules;
    draft.changeRules(before.filter(({ id }) => id !== rule.id));
    toast.success(`“${rule.name}” is taken out of the draft.`, {
      action: { label: "Undo", onClick: () => draft.changeRules(before) },
    });
  }

  return (
    <Card>
      <CardHeader
        title="Rules"
        description="Looked at from top to bottom; the first that fires decides."
        actions={
          mayEdit ? (
            <Menu
              align="end"
              finalFocus={afterMenu}
              trigger={
                <Button>
                  <Plus aria-hidden />
                  Add a rule
                </Button>
              }
            >
              {addable.map((trigger) => (
                <MenuItem key={trigger} onClick={() => add(trigger)}>
                  {triggerNames[trigger]}
                </MenuItem>
              ))}
            </Menu>
          ) : undefined
        }
      />
      <ul className="divide-y divide-line">
        {rules.map((rule, index) => (
          <RuleRow
            key={rule.id}
            rule={rule}
            startsOpen={rule.id === added}
            place={{ first: index === 0, last: index === rules.length - 1 }}
            teams={teams}
            warnings={draft.draft.warnings.filter(({ ruleIds }) => ruleIds[0] === rule.id)}
            changed={changed.has(rule.id)}
            error={draft.errorOf(draft.rules.indexOf(rule))}
            disabled={!mayEdit}
            onChange={(next) => draft.changeRules(rules.with(index, next))}
            onMove={(by) => draft.changeRules(moved(rules, index, by))}
            onRemove={isAddable(rule) ? () => remove(rule) : undefined}
          />
        ))}
      </ul>
    </Card>
  );
}

// The others can only be switched off: without them nobody could be reached.
function isAddable({ trigger }: EscalationRule): boolean {
  return addable.some((name) => name === trigger);
}
