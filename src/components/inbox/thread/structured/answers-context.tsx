"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { MessageView } from "#contracts/conversation";
import type { AnswerValues } from "#contracts/structured";
import { type Answers, answersIn } from "./answers.ts";

const AnswersContext = createContext<Answers>(new Map());

/** Lets what asks for an answer know what was answered further down. */
export function AnswersProvider({ messages, children }: { messages: MessageView[]; children: ReactNode }) {
  const answers = useMemo(() => answersIn(messages), [messages]);
  return <AnswersContext value={answers}>{children}</AnswersContext>;
}

/** What the customer answered to a message; undefined where they have not. */
export function useAnswer(messageId: string): AnswerValues | undefined {
  return useContext(AnswersContext).get(messageId);
}
