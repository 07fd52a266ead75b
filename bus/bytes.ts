import type { Bus } from "./connection.ts";
import type { Subscription } from "./messages.ts";

/** Core messages as they lie, for what is too frequent to wrap in JSON. Whoever receives checks them. */
export function publishBytes(bus: Bus, subject: string, bytes: Uint8Array): void {
  if (!bus.nc.isClosed()) bus.nc.publish(subject, bytes);
}

/** The most bytes the broker carries in one message; 1 MiB while it has not said. */
export function mostBytes(bus: Bus): number {
  return bus.nc.info?.max_payload ?? 1024 * 1024;
}

/** Handles messages at once, in the order in which they come. */
export function subscribeBytes(
  bus: Bus,
  subject: string,
  handle: (bytes: Uint8Array) => void,
): Pick<Subscription, "stop"> {
  const sub = bus.nc.subscribe(subject, {
    callback: (error, msg) => {
      if (error === null) handle(msg.data);
    },
  });
  return {
    stop: async () => {
      if (!sub.isClosed()) sub.unsubscribe();
    },
  };
}
