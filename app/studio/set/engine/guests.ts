/** The others in the set, whose cameras glide to where they are. */
import * as THREE from "three";
import type { SetPeer } from "../set-presence.ts";
import { near, type Pose } from "./navigation.ts";

export interface Guest {
  peer: SetPeer;
  /** Where their camera is drawn. */
  shown: Pose;
}

export interface Guests {
  list(): readonly Guest[];
  /** Those who are there now. @returns whether somebody of them has something in the hand, or just let go of it */
  meet(peers: readonly SetPeer[]): boolean;
  /** @returns whether one of them is still on the way */
  glide(part: number): boolean;
  poseOf(clientId: number | null): Pose | null;
}

export function seatGuests(): Guests {
  let guests: Guest[] = [];
  let wereHolding = false;
  return {
    list: () => guests,
    meet(peers) {
      guests = peers.map((peer) => ({
        peer,
        shown: guests.find((guest) => guest.peer.clientId === peer.clientId)?.shown ?? poseOf(peer),
      }));
      const areHolding = peers.some(({ stage }) => stage.holding !== null);
      const isOther = areHolding || wereHolding;
      wereHolding = areHolding;
      return isOther;
    },
    glide: (part) => guests.filter(({ peer, shown }) => near(shown, poseOf(peer), part)).length > 0,
    poseOf(clientId) {
      const guest = guests.find(({ peer }) => peer.clientId === clientId);
      return guest ? poseOf(guest.peer) : null;
    },
  };
}

function poseOf({ stage }: SetPeer): Pose {
  return { eye: new THREE.Vector3(...stage.eye), look: new THREE.Vector3(...stage.look) };
}
