"use client";

import { useSyncExternalStore } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { PushDevice, PushSituation } from "#contracts/notifications";

/**
 * How this browser stands to pushes: it cannot (`unsupported`, `insecure` without https, `install` where only installed
 * apps can), it was not asked yet, its user said no, or it is off or on.
 */
export type PushState = "unknown" | "unsupported" | "insecure" | "install" | "ask" | "denied" | "off" | "on";

export type PushHere = {
  state: PushState;
  /** This browser among the operator's devices. */
  deviceId: string | undefined;
  /** Why it could not be turned on. */
  problem: string | undefined;
};

const unknown: PushHere = { state: "unknown", deviceId: undefined, problem: undefined };
const listeners = new Set<() => void>();
let here = unknown;

/** How this browser stands to pushes, alive. */
export function usePush(): PushHere {
  return useSyncExternalStore(
    subscribe,
    () => here,
    () => unknown,
  );
}

/** Looks how this browser stands, and lets a subscription that it has go on for whoever is signed in now. */
export async function keepSubscribed(): Promise<void> {
  const state = await lookUp();
  const subscription = state === "on" ? await currentSubscription() : undefined;
  change(subscription ? await tellServer(subscription) : { state, deviceId: undefined, problem: undefined });
}

/** Asks the browser's user, subscribes, and tells the server. Only to be called from a press. */
export async function turnPushOn(): Promise<PushHere> {
  const permission = await Notification.requestPermission();
  if (permission !== "granted")
    return change({ ...unknown, state: permission === "denied" ? "denied" : "ask" });
  const answer = await callApi<unknown>("GET", "/api/agent/notifications/push");
  const situation = answer.ok ? PushSituation.safeParse(answer.data) : undefined;
  if (!situation?.success)
    return change({ ...unknown, state: "off", problem: "Baton cannot be reached right now." });
  try {
    const registration = await navigator.serviceWorker.register("/push-worker.js", { scope: "/" });
    await navigator.serviceWorker.ready;
    return change(await tellServer(await subscribed(registration, situation.data.publicKey)));
  } catch {
    const problem =
      "This browser could not reach its push service. Notifications work while a window is open.";
    return change({ ...unknown, state: "off", problem });
  }
}

/** Ends what this browser subscribed; the server learns it by the device, or at the next push. */
export async function turnPushOff(): Promise<void> {
  const { deviceId } = here;
  const subscription = await currentSubscription();
  await subscription?.unsubscribe().catch(() => false);
  if (deviceId !== undefined) await callApi("DELETE", `/api/agent/notifications/push/${deviceId}`);
  change({ ...unknown, state: await lookUp() });
}

async function lookUp(): Promise<PushState> {
  if (!window.isSecureContext) return "insecure";
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!able) return isAppleTouch() && !isInstalled() ? "install" : "unsupported";
  if (Notification.permission === "denied") return "denied";
  if (Notification.permission === "default") return "ask";
  return (await currentSubscription()) ? "on" : "off";
}

async function currentSubscription(): Promise<PushSubscription | undefined> {
  const registration = await navigator.serviceWorker?.getRegistration("/").catch(() => undefined);
  return (await registration?.pushManager?.getSubscription().catch(() => null)) ?? undefined;
}

async function subscribed(
  registration: ServiceWorkerRegistration,
  publicKey: string,
): Promise<PushSubscription> {
  const applicationServerKey = bytesOf(publicKey);
  const before = await registration.pushManager.getSubscription();
  // Made with another installation's key, ours could not use it.
  if (before !== null && !sameBytes(before.options.applicationServerKey, applicationServerKey))
    await before.unsubscribe();
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

async function tellServer(subscription: PushSubscription): Promise<PushHere> {
  const { endpoint, keys } = subscription.toJSON();
  const answer = await callApi<unknown>("POST", "/api/agent/notifications/push", { endpoint, keys });
  const device = answer.ok ? PushDevice.safeParse(answer.data) : undefined;
  if (device?.success) return { state: "on", deviceId: device.data.id, problem: undefined };
  return { state: "off", deviceId: undefined, problem: answer.ok ? undefined : answer.message };
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}

function sameBytes(a: ArrayBuffer | null, b: Uint8Array): boolean {
  if (a === null || a.byteLength !== b.byteLength) return false;
  return new Uint8Array(a).every((byte, at) => byte === b[at]);
}

function isAppleTouch(): boolean {
  return (
    /iPhone|iPad/.test(navigator.userAgent) ||
    (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
  );
}

/** Says whether Baton runs as an app of its own. */
export function isInstalled(): boolean {
  return window.matchMedia("(display-mode: standalone)").matches;
}

function change(next: PushHere): PushHere {
  here = next;
  for (const listener of listeners) listener();
  return next;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
