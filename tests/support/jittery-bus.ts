import type { Bus } from "#lib/bus";

/** A bus that loses, doubles and delays what is published, as a bus is free to. */
export function jitteryBus(
  inner: Bus,
  random: () => number,
  { mostMs = 40, lost = 0.25, doubled = 0.25 } = {},
): Bus {
  const publishLater = (topic: string, message: string) =>
    setTimeout(() => inner.publish(topic, message), random() * mostMs);
  return {
    ...inner,
    publish(topic, message) {
      const fate = random();
      if (fate < lost) return;
      publishLater(topic, message);
      if (fate < lost + doubled) publishLater(topic, message);
    },
  };
}
