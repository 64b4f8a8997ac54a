import type { OperatorRef } from "#contracts/conversation";
import { bus } from "#lib/bus";
import { newId } from "#lib/ids";
import { log } from "#lib/log";
import { once } from "#lib/registry";
import { publishFleeting } from "#services/conversations";
import { writeToCompany } from "./company-feed.ts";
import { noteSeen } from "./seen.ts";

export type PresenceStatus = "online" | "away" | "offline";
type Present = OperatorRef & { status: PresenceStatus; watching: string[] };
type Gossip = { process: string; companyId: string; operators: Present[]; customers: string[] };
type Heard = { gossip: Gossip; until: number };

/** How long a process that fell silent still counts, in milliseconds. */
const ttl = 25_000;
const beat = 10_000;

type Window = { operator: OperatorRef; companyId: string; watching: string | undefined };
type State = {
  process: string;
  windows: Set<Window>;
  customers: Map<string, { companyId: string; streams: number }>;
  chosen: Map<string, PresenceStatus>;
  heard: Map<string, Heard>;
  subscriptions: Map<string, () => void>;
  /** When this process began to listen. */
  since: Map<string, number>;
};

function state(): State {
  return once("notifications.presence", () => ({
    process: newId(),
    windows: new Set<Window>(),
    customers: new Map(),
    chosen: new Map<string, PresenceStatus>(),
    heard: new Map<string, Heard>(),
    subscriptions: new Map<string, () => void>(),
    since: new Map<string, number>(),
  }));
}

/** Counts an operator's window as present until the returned function is called. */
export function enterOperator(
  companyId: string,
  operator: OperatorRef,
  watching: string | undefined,
): () => void {
  const window: Window = { operator, companyId, watching };
  state().windows.add(window);
  listen(companyId);
  tell(companyId);
  keepSeen(companyId, operator.id, { arrives: true });
  if (watching !== undefined) tellViewers(companyId, watching);
  return () => {
    state().windows.delete(window);
    tell(companyId);
    if (watching !== undefined) tellViewers(companyId, watching);
  };
}

/** Counts a customer's window as present until the returned function is called. */
export function enterCustomer(companyId: string, conversationId: string): () => void {
  const { customers } = state();
  const entry = customers.get(conversationId) ?? { companyId, streams: 0 };
  entry.streams += 1;
  customers.set(conversationId, entry);
  if (entry.streams === 1) tellCustomer(companyId, conversationId);
  return () => {
    entry.streams -= 1;
    if (entry.streams > 0) return;
    customers.delete(conversationId);
    tellCustomer(companyId, conversationId);
  };
}

/** Sets an operator online or away; it holds in every window of theirs. */
export function choosePresence(companyId: string, operatorId: string, status: "online" | "away"): void {
  state().chosen.set(`${companyId}:${operatorId}`, status);
  tell(companyId);
  keepSeen(companyId, operatorId, { chosen: status });
}

/**
 * Takes a window's word that it is in sight, or open and out of sight, and answers how its operator stands: away once none
 * of their windows was in sight for some minutes, and back as soon as one is.
 */
export async function tellLooking(
  companyId: string,
  operatorId: string,
  { visible }: { visible: boolean },
): Promise<"online" | "away"> {
  const standing = await noteSeen({ companyId, userId: operatorId, looks: visible });
  follow(companyId, operatorId, standing);
  return standing ?? "online";
}

/** Who of a company is there now, as far as this process has heard. */
export function presentOperators(
  companyId: string,
  now = Date.now(),
): (OperatorRef & { status: PresenceStatus })[] {
  const found = new Map<string, OperatorRef & { status: PresenceStatus }>();
  for (const gossip of gossips(companyId, now)) {
    for (const { id, name, image, status } of gossip.operators) {
      if (found.get(id)?.status !== "online") found.set(id, { id, name, image, status });
    }
  }
  return [...found.values()];
}

/** Adds to a list of operators who of them is there now. */
export function withPresence<T extends { id: string }>(
  companyId: string,
  operators: T[],
): (T & { status: PresenceStatus })[] {
  const present = new Map(presentOperators(companyId).map(({ id, status }) => [id, status]));
  return operators.map((operator) => ({ ...operator, status: present.get(operator.id) ?? "offline" }));
}

/** Which operators have a conversation open. */
export function viewersOf(companyId: string, conversationId: string, now = Date.now()): OperatorRef[] {
  const found = new Map<string, OperatorRef>();
  for (const gossip of gossips(companyId, now)) {
    for (const { id, name, image, watching } of gossip.operators) {
      if (watching.includes(conversationId)) found.set(id, { id, name, image });
    }
  }
  return [...found.values()];
}

/** Says whether a customer has the chat open now. */
export function isCustomerOnline(companyId: string, conversationId: string, now = Date.now()): boolean {
  if (state().customers.has(conversationId)) return true;
  return gossips(companyId, now).some((gossip) => gossip.customers.includes(conversationId));
}

/** Listens to who is there in a company, and answers for how long this process has, in milliseconds. */
export function hearPresence(companyId: string, now = Date.now()): number {
  listen(companyId);
  return now - (state().since.get(companyId) ?? now);
}

/** Tells the other processes who is here; the ticker calls it often enough that no one present is forgotten. */
export function beatPresence(now = Date.now()): void {
  const { subscriptions, heard, windows } = state();
  for (const [key, { until }] of heard) if (until < now) heard.delete(key);
  for (const companyId of subscriptions.keys())
    bus().publish(topic(companyId), JSON.stringify(own(companyId)));
  const here = new Map([...windows].map((window) => [`${window.companyId}:${window.operator.id}`, window]));
  for (const { companyId, operator } of here.values()) keepSeen(companyId, operator.id);
}

export const presenceBeatMs = beat;

/** Keeps that an operator is here. What Postgres answers holds in every process, whichever they chose it in. */
function keepSeen(
  companyId: string,
  operatorId: string,
  signs: { chosen?: "online" | "away"; arrives?: true } = {},
): void {
  noteSeen({ companyId, userId: operatorId, ...signs })
    .then((standing) => follow(companyId, operatorId, standing))
    .catch((error: unknown) => {
      // The next beat says it again.
      log.warn({ name: error instanceof Error ? error.name : "unknown" }, "Who is here could not be kept");
    });
}

function follow(companyId: string, operatorId: string, standing: "online" | "away" | undefined): void {
  const key = `${companyId}:${operatorId}`;
  if (standing === undefined || standing === (state().chosen.get(key) ?? "online")) return;
  state().chosen.set(key, standing);
  tell(companyId);
}

function gossips(companyId: string, now: number): Gossip[] {
  const { heard, process } = state();
  const others = [...heard.values()].filter(
    ({ gossip, until }) => gossip.companyId === companyId && gossip.process !== process && until >= now,
  );
  return [own(companyId), ...others.map(({ gossip }) => gossip)];
}

function own(companyId: string): Gossip {
  const { process, windows, customers, chosen } = state();
  const operators = new Map<string, Present>();
  for (const { operator, watching, companyId: of } of windows) {
    if (of !== companyId) continue;
    const present = operators.get(operator.id) ?? {
      ...operator,
      status: chosen.get(`${companyId}:${operator.id}`) ?? "online",
      watching: [],
    };
    if (watching !== undefined) present.watching.push(watching);
    operators.set(operator.id, present);
  }
  const here = [...customers].filter(([, entry]) => entry.companyId === companyId).map(([id]) => id);
  return { process, companyId, operators: [...operators.values()], customers: here };
}

function listen(companyId: string): void {
  const { subscriptions, heard } = state();
  if (subscriptions.has(companyId)) return;
  const stop = bus().subscribe(topic(companyId), (message) => {
    const gossip = JSON.parse(message) as Gossip;
    if (gossip.process === state().process) return;
    const key = `${gossip.process}:${companyId}`;
    const before = JSON.stringify(heard.get(key)?.gossip.operators ?? []);
    heard.set(key, { gossip, until: Date.now() + ttl });
    if (before !== JSON.stringify(gossip.operators)) show(companyId);
  });
  subscriptions.set(companyId, stop);
  state().since.set(companyId, Date.now());
}

function tell(companyId: string): void {
  bus().publish(topic(companyId), JSON.stringify(own(companyId)));
  show(companyId);
}

function show(companyId: string): void {
  writeToCompany(companyId, { type: "presence", operators: presentOperators(companyId) });
}

function tellViewers(companyId: string, conversationId: string): void {
  publishFleeting(
    { companyId, conversationId },
    {
      type: "presence",
      conversationId,
      operators: viewersOf(companyId, conversationId).map((viewer) => ({ ...viewer, status: "online" })),
      customerOnline: isCustomerOnline(companyId, conversationId),
    },
    { audience: "operators" },
  );
}

function tellCustomer(companyId: string, conversationId: string): void {
  tellViewers(companyId, conversationId);
  if (state().subscriptions.has(companyId)) {
    bus().publish(topic(companyId), JSON.stringify(own(companyId)));
  }
}

function topic(companyId: string): string {
  return `company:${companyId}:presence`;
}
