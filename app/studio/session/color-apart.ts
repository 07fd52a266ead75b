import type { Awareness } from "y-protocols/awareness";
import { peerColors, peerColorValues, Presence } from "#domain/collab/presence.ts";

interface Colored {
  id: string;
  color: string;
  /** When this tab came into the room, ms by the studio's clock; tabs of before that was said came first. */
  joinedAt?: number | undefined;
}

/**
 * Two people who chose the same colour are told apart: whoever came later takes the first colour that nobody in the
 * room has, and whoever was there keeps theirs. Every tab knows when each of them came, and of two who came in the same
 * second the later id gives way; so it is exactly one of the two. A person's second tab wears what their first one does.
 * @returns the colour to wear from now on, hex
 */
export function colorApart(me: Colored, others: readonly Colored[]): string {
  const own = others.filter(({ id }) => id === me.id);
  const first = own.filter((other) => isEarlier(other, me)).toSorted((a, b) => timeOf(a) - timeOf(b))[0];
  if (first !== undefined) return first.color;
  const strangers = others.filter(({ id }) => id !== me.id);
  const isTaken = strangers.some((other) => other.color === me.color && isEarlier(other, me));
  if (!isTaken) return me.color;
  const worn = new Set(strangers.map(({ color }) => color));
  return peerColors.map((token) => peerColorValues[token]).find((color) => !worn.has(color)) ?? me.color;
}

const timeOf = ({ joinedAt }: Colored) => joinedAt ?? 0;

function isEarlier(other: Colored, me: Colored): boolean {
  return timeOf(other) < timeOf(me) || (timeOf(other) === timeOf(me) && other.id < me.id);
}

/** Watches the room and changes this tab's own colour when it has to; carets, cursors and outlines all follow it. */
export function keepColorApart(awareness: Awareness): () => void {
  const look = () => {
    const mine = Presence.safeParse(awareness.getLocalState());
    if (!mine.success) return;
    const others = [...awareness.getStates()].flatMap(([clientId, state]) => {
      const other = Presence.safeParse(state);
      return clientId === awareness.clientID || !other.success ? [] : [other.data.user];
    });
    const { user } = mine.data;
    const color = colorApart(user, others);
    if (color !== user.color) awareness.setLocalStateField("user", { ...user, color, colorLight: `${color}44` });
  };
  awareness.on("change", look);
  look();
  return () => awareness.off("change", look);
}
