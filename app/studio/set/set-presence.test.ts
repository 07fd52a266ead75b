import { expect, test } from "vitest";
import type { Presence, StagePresence } from "#domain/collab/presence.ts";
import type { Peer } from "#app/studio/session/session-contract.ts";
import { doingInSet, holdersOf, peersIn, personOnSet } from "./set-presence.ts";

const stage = (patch: Partial<StagePresence> = {}): StagePresence => ({
  shotId: "s1",
  sceneId: "scene",
  eye: [0, 2, 5],
  look: [0, 1, 0],
  lensMm: 18,
  through: false,
  holding: null,
  ...patch,
});
function peer(clientId: number, patch: Partial<Presence>, isMe = false): Peer {
  const user = { id: `u${clientId}`, name: `Person ${clientId}`, color: "#06bfa8", colorLight: "", role: "editor" };
  const presence = { user, view: "3d", pointer: null, selection: { shotIds: [], clipIds: [] }, playhead: null };
  return { clientId, isMe, presence: { ...presence, activity: null, ...patch } };
}
const things = [
  { id: "person:MAYA", name: "Maya", at: [0, 0, 0] },
  { id: "piece:p1", name: "Chair", at: [6, 0, 0] },
] as const;

test("in a set are those who look at a shot of its scene, whichever shot, and not oneself", () => {
  const peers = [
    peer(1, { stage: stage() }, true),
    peer(2, { stage: stage({ shotId: "s2" }) }),
    peer(3, { stage: stage({ sceneId: "other" }) }),
    peer(4, { stage: stage(), view: "board" }),
    peer(5, { stage: null }),
    peer(6, {}),
  ];
  expect(peersIn(peers, "scene").map(({ clientId }) => clientId)).toEqual([2]);
});

test("it is said what somebody does there: what they hold before where they look", () => {
  const at = [0, 0, 0] as [number, number, number];
  const words = (patch: Partial<StagePresence>) => doingInSet(stage(patch), [...things] as never);
  expect(words({ holding: { id: "person:MAYA", at, facing: 0 } })).toBe("Moving Maya");
  expect(words({ holding: { id: "key:k1", at, facing: 0 } })).toBe("Moving the camera");
  expect(words({ holding: { id: "piece:gone", at, facing: 0 } })).toBe("Moving something");
  expect(words({ through: true })).toBe("Through the camera");
  expect(words({})).toBe("Looking at Maya");
  expect(words({ look: [40, 0, 40] })).toBe("Looking around");
});

test("who only looks round changes nothing that the panels show", () => {
  const set = { shotId: "s1", things: [...things] as never };
  const [a] = peersIn([peer(2, { stage: stage(), playhead: { frame: 7, playing: false } })], "scene");
  const [b] = peersIn([peer(2, { stage: stage({ eye: [1, 2, 5] }), playhead: { frame: 7, playing: false } })], "scene");
  expect(personOnSet(b!, set)).toEqual(personOnSet(a!, set));
  expect(personOnSet(a!, { ...set, shotId: "s2" }).frame).toBeNull();
});

test("of two who hold one thing the first is shown with it", () => {
  const holding = { id: "person:MAYA", at: [0, 0, 0] as [number, number, number], facing: 0 };
  const peers = peersIn([peer(2, { stage: stage({ holding }) }), peer(3, { stage: stage({ holding }) })], "scene");
  const people = peers.map((each) => personOnSet(each, { shotId: "s1", things: [...things] as never }));
  expect(holdersOf(people).get("person:MAYA")?.clientId).toBe(2);
});
