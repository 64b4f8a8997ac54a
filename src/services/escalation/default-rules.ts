import type { RuleSet } from "#contracts/escalation";

/** The rules a new company begins with. */
export function defaultRules(): RuleSet {
  return {
    version: 1,
    rules: [
      { id: "manual", name: "Button", trigger: "manual", enabled: true, priority: 10, action: "escalate" },
      {
        id: "explicit-request",
        name: "Asks for a person",
        trigger: "explicit_request",
        enabled: true,
        priority: 20,
        action: "offer",
        phrases: [],
      },
      {
        id: "keywords",
        name: "Serious words",
        trigger: "keyword",
        enabled: true,
        priority: 30,
        action: "escalate",
        keywords: [
          "lawyer",
          "attorney",
          "lawsuit",
          "legal action",
          "sue you",
          "chargeback",
          "ombudsman",
          "data breach",
          "discrimination",
        ],
      },
      {
        id: "ai-failure",
        name: "The agent cannot answer",
        trigger: "ai_failure",
        enabled: true,
        priority: 40,
        action: "escalate",
      },
      {
        id: "agent-tool",
        name: "The agent asks for help",
        trigger: "agent_tool",
        enabled: true,
        priority: 50,
        action: "escalate",
      },
      {
        id: "sentiment",
        name: "Unhappy customer",
        trigger: "sentiment",
        enabled: true,
        priority: 60,
        action: "offer",
        threshold: -0.6,
        consecutive: 2,
      },
      {
        id: "confidence",
        name: "Unsure answers",
        trigger: "confidence",
        enabled: true,
        priority: 70,
        action: "offer",
        threshold: 0.35,
        consecutive: 2,
      },
      {
        id: "length",
        name: "Long conversation",
        trigger: "conversation_length",
        enabled: false,
        priority: 80,
        action: "offer",
        maxMessages: 20,
      },
    ],
  };
}
