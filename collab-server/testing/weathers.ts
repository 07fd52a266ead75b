/** Under what people work while sessions run: each weather is a kind of trouble, or several at once. */
import type { Role } from "#domain/collab/access.ts";

export interface Weather {
  instances: number;
  /** Who is in a film, one each. */
  roles: readonly Role[];
  /** A message between peer and server takes up to this long. */
  longestMs: number;
  /** Servers get killed. */
  kills: boolean;
  /** `slow`: some commits take longer than people are kept waiting. `lossy`: statements and answers get lost. */
  postgres: "quick" | "slow" | "lossy";
  /** `lossy`: messages between servers get lost, and servers lose the broker for a while. */
  broker: "sound" | "lossy";
  /** What the thread for large documents is asked takes up to this long. */
  longestDeskMs: number;
  /** People pause now and then, and documents fall asleep. */
  pauses: boolean;
}

const fair: Weather = {
  instances: 1,
  roles: ["editor", "editor", "owner", "viewer"],
  longestMs: 6,
  kills: false,
  postgres: "quick",
  broker: "sound",
  longestDeskMs: 2,
  pauses: false,
};
const guests: readonly Role[] = ["editor", "editor", "commenter", "commenter", "viewer"];

export const weathers = {
  /** People come, go, and are cut off. */
  fair,
  "two servers": { ...fair, instances: 2 },
  "servers die": { ...fair, instances: 2, kills: true },
  "one server dies": { ...fair, kills: true },
  "slow commits": { ...fair, instances: 2, postgres: "slow" },
  "lost answers": { ...fair, instances: 2, postgres: "lossy" },
  "lossy broker": { ...fair, instances: 2, broker: "lossy" },
  guests: { ...fair, roles: guests },
  sleepy: { ...fair, instances: 2, longestDeskMs: 60, pauses: true },
  "everything at once": {
    instances: 2,
    roles: guests,
    longestMs: 15,
    kills: true,
    postgres: "slow",
    broker: "lossy",
    longestDeskMs: 20,
    pauses: true,
  },
} as const satisfies Record<string, Weather>;
export type WeatherName = keyof typeof weathers;
export const weatherNames = Object.keys(weathers) as WeatherName[];
