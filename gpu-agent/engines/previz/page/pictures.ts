import type { PassName } from "#domain/jobs/passes.ts";
import type { Stage } from "#stage/stage.ts";
import { bytesOf, isExact, layoutFor } from "../pixels.ts";
import { frameKind, type PageCommand } from "../protocol.ts";
import { openClock } from "./clock.ts";
import { setUp, type Drawn, type Easel } from "./easel.ts";
import { openShowing } from "./showing.ts";
import { toStill } from "./still.ts";

const stillQuality = 0.95;

/** Draws a film and sends its pictures, a preview now and then, and its poster. @returns null when it was called off */
export async function drawFilm(command: Extract<PageCommand, { type: "video" }>, easel: Easel): Promise<Drawn | null> {
  const { run, width, height, frames, fps } = command;
  const clock = openClock();
  const stage = setUp(easel, command);
  const passes: PassName[] = ["beauty", ...command.passes];
  const buffers = new Map(
    passes.map((pass) => [pass, new Uint8Array(bytesOf(layoutFor(pass, width, height), width, height))]),
  );
  const show = openShowing(easel, command);
  const gl = easel.renderer.getContext();
  clock.lap("build");
  try {
    /** What is left to do for the picture before: it is done while GL draws the next. */
    let finish = () => Promise.resolve();
    for (let index = 0; index < frames; index += 1) {
      if (!(await easel.mayGoOn(run, index))) {
        // Nobody wants it any more, but what it was read into is wanted by the next run.
        await finish();
        return null;
      }
      clock.lap("wait");
      for (const pass of passes) {
        stage.renderFrame(((command.from + index) * fps.den) / fps.num, pass);
        gl.flush();
        clock.lap("draw");
        await finish();
        const layout = layoutFor(pass, width, height);
        const bytes = buffers.get(pass)!;
        const pack = easel.reader.read({ layout, width, height, isExact: isExact(pass), into: bytes });
        finish = async () => {
          await pack();
          easel.send({ run, index, kind: frameKind.picture, pass }, bytes);
          if (pass === "beauty") await show(index, { layout, width, height, bytes });
        };
        clock.lap("read");
      }
      await easel.nextTurn();
    }
    await finish();
    clock.lap("read");
    sendRecord(stage, easel, { ...command, passes });
    return { ...stage.info(), times: clock.times() };
  } finally {
    stage.dispose();
  }
}

/** Draws one frame and sends it as files. @returns null when it was called off */
export async function drawStill(command: Extract<PageCommand, { type: "image" }>, easel: Easel): Promise<Drawn | null> {
  const { run, width, height, frame, plan } = command;
  const clock = openClock();
  const stage = setUp(easel, command);
  const passes: PassName[] = ["beauty", ...command.passes];
  clock.lap("build");
  try {
    for (const [index, pass] of passes.entries()) {
      if (!(await easel.mayGoOn(run, 0))) return null;
      stage.renderFrame((frame * plan.fps.den) / plan.fps.num, pass);
      clock.lap("draw");
      const bytes = new Uint8Array(bytesOf("rgba", width, height));
      await easel.reader.read({ layout: "rgba", width, height, isExact: isExact(pass), into: bytes })();
      const picture = { layout: "rgba" as const, width, height, bytes };
      const file = await toStill(
        picture,
        pass === "beauty" ? { type: "image/jpeg", quality: stillQuality } : { type: "image/png" },
      );
      easel.send({ run, index, kind: frameKind.still, pass }, file);
      clock.lap("read");
    }
    sendRecord(stage, easel, { ...command, from: frame, frames: 1, passes });
    return { ...stage.info(), times: clock.times() };
  } finally {
    stage.dispose();
  }
}

type Recorded = {
  run: number;
  from: number;
  frames: number;
  fps?: { num: number; den: number };
  width: number;
  height: number;
  passes: readonly PassName[];
};

/** Beside passes goes what their numbers mean: the camera of each frame, the reach of depth, whose colour is whose. */
function sendRecord(stage: Stage, easel: Easel, { run, passes, ...wanted }: Recorded): void {
  if (passes.length < 2) return;
  const bytes = new TextEncoder().encode(JSON.stringify(stage.record(wanted)));
  easel.send({ run, index: 0, kind: frameKind.file }, bytes);
}

/** Draws the same pictures and sends none: the most that this GL can do. Nothing stops it on the way. */
export function drawBare(command: Extract<PageCommand, { type: "measure" }>, easel: Easel): Drawn {
  const { frames, plan } = command;
  const gl = easel.renderer.getContext();
  const clock = openClock();
  const stage = setUp(easel, command);
  clock.lap("build");
  try {
    const pixel = new Uint8Array(4);
    for (let index = 0; index < frames; index += 1) {
      stage.renderFrame((index * plan.fps.den) / plan.fps.num);
      // One pixel waits for the whole picture; `finish` alone may be put off.
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
      clock.lap("draw");
    }
    return { ...stage.info(), times: clock.times() };
  } finally {
    stage.dispose();
  }
}
