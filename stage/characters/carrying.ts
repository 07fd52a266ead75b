import type { PieceKind } from "#domain/screenplay/plan/plan-words.ts";
import { handAt, hipsHeight, type Pose } from "./pose.ts";

/** From the hips of somebody who sits to the ring of a lantern that stands on their knees, metres. */
const onKnees = 0.39;

/** Motions whose right hand is free to hold something up. */
const freeHand = new Set(["stand", "walk", "talk", "look", "sit", "sneak"]);

/** The arm of somebody who has something in the right hand that needs to be held, and not only carried along. */
export function carryingArm(pose: Pose, carries: PieceKind, motion: string): void {
  if (!freeHand.has(motion)) return;
  const down = pose.hips.y - hipsHeight;
  const arm = pose.arms[1];
  switch (carries) {
    case "umbrella":
      pose.arms[1] = handAt(-1, 0.15, 1.14 + down, 0.24, [0.7, -1, -0.3]);
      return;
    case "lantern":
      if (motion === "sit") {
        // On the knees, a hand on its ring.
        pose.arms[1] = handAt(-1, 0.05, pose.hips.y + onKnees, 0.3, [0.8, -0.6, -0.3]);
        return;
      }
      // Up beside the face: it is there to see by.
      pose.arms[1] = handAt(-1, 0.36, 1.44 + down, 0.3, [0.8, -1, -0.2]);
      return;
    case "letter":
    case "phone":
    case "book":
      pose.arms[1] = handAt(-1, 0.1, 1.16 + down, 0.3, [0.7, -0.9, -0.3]);
      return;
    case "cup":
    case "flower":
    case "bottle":
      pose.arms[1] = handAt(-1, 0.16, 1.08 + down, 0.27, [0.7, -0.9, -0.3]);
      return;
    case "suitcase":
      // Its weight keeps the arm down and the shoulder with it.
      if (!("hand" in arm)) pose.arms[1] = { swing: arm.swing * 0.35, out: 0.12, bend: 0.08 };
      pose.chest.z += 0.04;
      return;
    default:
  }
}
