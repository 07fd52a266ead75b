/** Everything that people can do, by its name. */
import type { Motion } from "#domain/screenplay/scene-plan.ts";
import type { MotionMaker } from "./motions/motion.ts";
import { climb } from "./motions/climb.ts";
import { crouch, fall, lie } from "./motions/down.ts";
import { dance } from "./motions/dance.ts";
import { fight } from "./motions/fight.ts";
import { run, push, sneak, walk } from "./motions/go.ts";
import { hold, pickUp } from "./motions/hands.ts";
import { play } from "./motions/play.ts";
import { drive, sit, standUp } from "./motions/seat.ts";
import { look, point, stand, talk, wave } from "./motions/stand.ts";

export const motionMakers: Record<Motion, MotionMaker> = {
  stand,
  walk,
  run,
  sneak,
  sit,
  "stand-up": standUp,
  talk,
  point,
  look,
  wave,
  "pick-up": pickUp,
  push,
  climb,
  fall,
  fight,
  dance,
  play,
  drive,
  hold,
  crouch,
  lie,
};
