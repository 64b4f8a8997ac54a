import type { Telling } from "./telling.ts";

/** Says whether the browser may show notifications of ours. */
export function mayNotify(): boolean {
  return typeof Notification !== "undefined" && Notification.permission === "granted";
}

/** Shows on the desktop what is to be told; a press brings this window to the front, at the conversation. */
export async function notify({ title, text, key, conversationId }: Telling, open: () => void): Promise<void> {
  const look = { body: text, tag: conversationId, icon: "/icons/icon-192.png" };
  const registration = await navigator.serviceWorker?.getRegistration("/").catch(() => undefined);
  if (registration?.active) {
    // The worker knows what to do with a press, also when this window is gone by then.
    const data = { key, url: `/inbox/${conversationId}` };
    await registration.showNotification(title, { ...look, data });
    return;
  }
  try {
    const shown = new Notification(title, look);
    shown.onclick = () => {
      window.focus();
      open();
      shown.close();
    };
  } catch {
    // Some browsers of phones show them by a worker only, and there is none.
  }
}
