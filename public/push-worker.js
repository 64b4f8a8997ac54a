// Shows pushes, and leads from them into the inbox. It keeps nothing and answers no requests of pages.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const push = readPush(event);
  if (push !== undefined) event.waitUntil(show(push));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data?.url ?? "/inbox"));
});

// A browser may change its address by itself; the server must learn the new one.
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

function readPush(event) {
  try {
    return event.data.json();
  } catch {
    return undefined;
  }
}

async function show({ key, tag, title, body, url }) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  // Whoever looks at Baton is told by the window itself; a test is always shown.
  if (tag !== "test" && windows.some((window) => window.focused)) return;
  const before = await self.registration.getNotifications({ tag });
  await self.registration.showNotification(title, {
    body,
    tag,
    // Shown by a window a moment ago, it must not ring twice.
    renotify: !before.some((each) => each.data?.key === key),
    icon: "/icons/icon-192.png",
    badge: "/icons/badge-96.png",
    data: { key, url },
  });
}

async function lead(path) {
  const url = new URL(path, self.location.origin);
  if (url.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const pages = windows.filter((window) => isPage(new URL(window.url)));
  const inbox = pages.find((window) => new URL(window.url).pathname.startsWith("/inbox"));
  if (inbox !== undefined && url.pathname.startsWith("/inbox")) {
    // The inbox goes there without being loaded anew.
    inbox.postMessage({ type: "open", path: url.pathname });
    await inbox.focus();
    return;
  }
  const [other] = pages;
  const moved = await other?.navigate(url.href).catch(() => undefined);
  if (moved) await moved.focus();
  else await self.clients.openWindow(url.href);
}

/** The chat's frame and the demo shop are windows of ours too, but none of an operator's. */
function isPage({ pathname }) {
  return (
    pathname.startsWith("/inbox") ||
    pathname.startsWith("/settings") ||
    pathname.startsWith("/queue") ||
    pathname.startsWith("/analytics")
  );
}

async function renew(event) {
  const options = event.oldSubscription?.options;
  const subscription =
    event.newSubscription ?? (options && (await self.registration.pushManager.subscribe(options)));
  if (!subscription) return;
  const { endpoint, keys } = subscription.toJSON();
  await fetch("/api/agent/notifications/push", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ endpoint, keys }),
  });
}
