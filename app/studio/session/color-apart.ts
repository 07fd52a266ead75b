import type { Awareness } from "y-protocols/awareness";
import { peerColors, peerColorValues, Presence } from "#domain/collab/presence.ts";

interface Colored {
  id: string;
  color: string;
}

/**
 * Two people who chose the same colour are told apart: the later of the two ids takes the first colour that nobody in
 * the room has. Ids decide because every tab knows them; so exactly one of the two gives way.
 * @returns the colour to wear from now on, hex
 */
export function colorApart(me: Colored, others: readonly Colored[]): string {
  const isTaken = others.some(({ id, color }) => id < me.id && color === me.color);
  if (!isTaken) return me.color;
  const worn = new Set(others.filter(({ id }) => id !== me.id).map(({ color }) => color));
  return peerColors.map((token) => peerColorValues[token]).find((color) => !worn.has(color)) ?? me.color;
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
