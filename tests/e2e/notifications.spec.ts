import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { axeInBoth } from "#support/axe";
import { wholeChromium } from "#support/chromium";
import { anAlert, type FakeAlerts, openFakeAlerts } from "#support/fake-alerts";

test.use({ launchOptions: wholeChromium });

let fake: FakeAlerts;
test.beforeEach(async () => {
  fake = await openFakeAlerts();
});
test.afterEach(() => fake.close());

const path = "/settings/notifications";
const bell = (page: Page) => page.getByRole("button", { name: /^Notifications/ });
async function open(page: Page) {
  await page.goto(fake.url + path);
  await expect(page.getByRole("heading", { name: "Notifications", level: 1 })).toBeVisible();
  await expect.poll(() => fake.streams()).toBeGreaterThan(0);
}

/** Starts the worker as a browser does that was subscribed, and hands it what a push service would. */
async function withWorker(page: Page, context: BrowserContext) {
  await context.grantPermissions(["notifications"], { origin: fake.url });
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("/push-worker.js", { scope: "/" });
    await navigator.serviceWorker.ready;
  });
  const session = await context.newCDPSession(page);
  const registration = new Promise<string>((found) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [first] = registrations;
      if (first !== undefined) found(first.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const registrationId = await registration;
  return (push: object) =>
    session.send("ServiceWorker.deliverPushMessage", {
      origin: fake.url,
      registrationId,
      data: JSON.stringify(push),
    });
}

test("counts what was told on every page, topic by topic, and clears it when it is read", async ({
  page,
}) => {
  fake.state.alerts = [
    anAlert(),
    anAlert({ kind: "message", count: 3, customer: "Jonas Weber", reason: undefined }),
  ];
  await open(page);
  await expect(bell(page)).toHaveAccessibleName("Notifications, 2 unread");
  await expect(page).toHaveTitle("(2) Notifications · Baton");

  fake.alert(anAlert({ kind: "mention", customer: "Aisha Rahman", reason: undefined }));
  await expect(page.getByText("You were mentioned in a note")).toBeVisible();
  await expect(page).toHaveTitle("(3) Notifications · Baton");

  await bell(page).click();
  const panel = page.getByRole("dialog");
  await expect(panel.getByRole("listitem")).toHaveCount(3);
  await expect(panel.getByText("Wrote 3 messages")).toBeVisible();
  await panel.getByRole("button", { name: "Queue 1 unread" }).click();
  await expect(panel.getByRole("listitem")).toHaveCount(1);
  await panel.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page).toHaveTitle("Notifications · Baton");
  await expect
    .poll(() => fake.state.calls.filter(({ path }) => path.endsWith("/read")).map(({ body }) => body))
    .toEqual([{ what: "everything" }]);
});

test("clears in one tab what was read in another", async ({ page, context }) => {
  const alert = anAlert();
  fake.state.alerts = [alert];
  await open(page);
  const other = await context.newPage();
  await open(other);
  fake.tell({ type: "alerts_read", ids: [alert.id], unread: { queue: 0, mine: 0, mentions: 0, sla: 0 } });
  for (const tab of [page, other]) await expect(bell(tab)).toHaveAccessibleName("Notifications");
});

test("asks in words before the browser does, and not again when the answer was later", async ({ page }) => {
  await open(page);
  await bell(page).click();
  const invitation = page.getByRole("region", { name: "Desktop notifications" });
  await expect(invitation.getByText("never what they wrote")).toBeVisible();
  await invitation.getByRole("button", { name: "Later" }).click();
  await expect(invitation).toHaveCount(0);
  await page.reload();
  await bell(page).click();
  await expect(page.getByRole("dialog").getByText("You have missed nothing")).toBeVisible();
  await expect(invitation).toHaveCount(0);
});

test("says how to allow notifications again where they were refused", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(Notification, "permission", { get: () => "denied" }));
  await open(page);
  await expect(page.getByText("Refused", { exact: true })).toBeVisible();
  await expect(page.getByText("Set Notifications to Allow.")).toBeVisible();
});

test("says so where the browser reaches no push service, and tells by open windows all the same", async ({
  page,
  context,
}) => {
  await open(page);
  await context.grantPermissions(["notifications"], { origin: fake.url });
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByText("could not reach its push service").first()).toBeVisible();
});

test("keeps what is chosen, and says beside the field what cannot be", async ({ page }) => {
  await open(page);
  await page.getByRole("checkbox", { name: "Mention: E-mail" }).uncheck();
  await page.getByRole("switch", { name: "Quiet hours" }).click();
  await page.getByLabel("Time zone").fill("Mars/Olympus");
  await page.getByRole("button", { name: "Sat" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").getByText("This time zone is not known.")).toBeVisible();
  await page.getByLabel("Time zone").fill("Europe/Berlin");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("All changes saved")).toBeVisible();
  expect(fake.state.settings.matrix.mention.email).toBe(false);
  expect(fake.state.settings.quiet).toMatchObject({ on: true, timeZone: "Europe/Berlin", days: [6] });
});

test("can be used by keyboard alone", async ({ page }) => {
  await open(page);
  await page.getByRole("checkbox", { name: "Somebody needs a person: In window" }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("checkbox", { name: "Somebody needs a person: Sound" })).toBeFocused();
  await bell(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(bell(page)).toBeFocused();
});

test("takes a device off the list", async ({ page }) => {
  const createdAt = new Date().toISOString();
  fake.state.devices = [
    { id: crypto.randomUUID(), name: "Chrome on Android", createdAt, lastSentAt: createdAt },
  ];
  await open(page);
  await page.getByRole("button", { name: "Stop telling Chrome on Android" }).click();
  await expect(page.getByText("No browser is told yet.")).toBeVisible();
  expect(fake.state.devices).toEqual([]);
});

test("shows a push only while nobody looks, and the newest in place of the one before", async ({
  page,
  context,
}) => {
  await open(page);
  const push = await withWorker(page, context);
  const [worker] = context.serviceWorkers();
  const shown = () =>
    worker?.evaluate(async () => {
      const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
      return (await registration.getNotifications()).map(({ title, body, data }) => ({ title, body, data }));
    });
  const conversationId = crypto.randomUUID();
  const url = `/inbox/${conversationId}`;
  const payload = { key: "a:1", tag: conversationId, title: "Maria Santos", body: "Wrote to you", url };
  await push(payload);
  await page.waitForTimeout(500);
  expect(await shown()).toEqual([]);

  await page.goto("about:blank");
  await push(payload);
  await expect
    .poll(shown)
    .toEqual([{ title: "Maria Santos", body: "Wrote to you", data: { key: "a:1", url } }]);
  await push({ ...payload, key: "a:2", body: "Wrote 2 messages" });
  await expect
    .poll(shown)
    .toEqual([{ title: "Maria Santos", body: "Wrote 2 messages", data: { key: "a:2", url } }]);
});

test("has nothing for axe to find, light and dark", async ({ page }) => {
  fake.state.alerts = [
    anAlert(),
    anAlert({ kind: "message", count: 3, preview: "Is anybody there?" }),
    anAlert({ kind: "mention", read: true }),
    anAlert({ kind: "sla_breach" }),
  ];
  fake.state.settings = { ...fake.state.settings, quiet: { ...fake.state.settings.quiet, on: true } };
  await open(page);
  expect(await axeInBoth(page)).toEqual([]);
  await bell(page).click();
  expect(await axeInBoth(page)).toEqual([]);
});
