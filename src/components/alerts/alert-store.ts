"use client";

import { useSyncExternalStore } from "react";
import type { InboxEvent } from "#components/inbox/data/events.ts";
import { callApi } from "#components/settings/call-api.ts";
import {
  AlertPage,
  type AlertSettings,
  AlertSettingsView,
  alertDefaults,
  type ReadAlertsBody,
} from "#contracts/notifications";
import { type AlertState, noAlerts, withEvent, withPage, withRead } from "./alert-state.ts";

const base = "/api/agent/notifications";
const listeners = new Set<() => void>();
let state = noAlerts;
let settings: AlertSettings = alertDefaults;

/** What this window knows of what its operator was told, alive. */
export function useAlertState(): AlertState {
  return useSyncExternalStore(subscribe, alertState, () => noAlerts);
}

/** The same outside of rendering. */
export function alertState(): AlertState {
  return state;
}

/** How the operator wants to be told; the defaults until it was fetched. */
export function knownSettings(): AlertSettings {
  return settings;
}

/** Takes in an event of the operator's stream. */
export function hearAlert(event: InboxEvent): void {
  // A stream that begins anew may have missed something.
  if (event.type === "snapshot") void loadAlerts();
  else change(withEvent(state, event));
}

/** Fetches the newest alerts and what stands unread. */
export async function loadAlerts(): Promise<void> {
  const page = await fetchPage();
  if (page !== undefined) change(withPage(state, page, true));
  else if (state.phase === "loading") change({ ...state, phase: "failed" });
}

/** Fetches the alerts before those that are here. */
export async function loadOlderAlerts(): Promise<void> {
  const { next } = state;
  if (next === undefined) return;
  const page = await fetchPage(next);
  if (page !== undefined && state.next === next) change(withPage(state, page, false));
}

/** Marks something as seen, at once here and a moment later everywhere. */
export async function readAlerts(body: ReadAlertsBody): Promise<void> {
  change(withRead(state, body));
  const answer = await callApi("POST", `${base}/read`, body);
  if (!answer.ok) await loadAlerts();
}

/** Fetches how the operator wants to be told, and follows what other windows change of it. */
export function followSettings(): () => void {
  const fetchAgain = async () => {
    const answer = await callApi<unknown>("GET", `${base}/preferences`);
    const view = answer.ok ? AlertSettingsView.safeParse(answer.data) : undefined;
    if (view?.success) settings = view.data.settings;
  };
  void fetchAgain();
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = () => void fetchAgain();
  return () => channel.close();
}

/** Takes settings that were saved in this window, and lets the others fetch them. */
export function tellSettings(saved: AlertSettings): void {
  settings = saved;
  const channel = new BroadcastChannel(channelName);
  channel.postMessage("saved");
  channel.close();
}

const channelName = "baton.alert-settings";

async function fetchPage(cursor?: string): Promise<AlertPage | undefined> {
  const query = cursor === undefined ? "" : `?${new URLSearchParams({ cursor })}`;
  const answer = await callApi<unknown>("GET", `${base}${query}`);
  const page = answer.ok ? AlertPage.safeParse(answer.data) : undefined;
  return page?.data;
}

function change(next: AlertState): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
