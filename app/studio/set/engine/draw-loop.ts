/** When the set is drawn: after something changed, once more with care when it has come to rest, and then not at all. */

export interface DrawParts {
  /** Before each picture; seconds since the last one. */
  goOn(now: number, passed: number): void;
  /** @param isOther  the shot's own picture is another one, too */
  draw(now: number, isOther: boolean): void;
  drawAtRest(): void;
  /** Only what lies over the set. */
  paint(): void;
}

export interface DrawLoop {
  /** @param isOther  the shot's own picture is another one, too */
  touch(isOther: boolean): void;
  /** Names and others' cameras lie over the set: it need not be drawn again for them. */
  touchOver(): void;
  stop(): void;
}

const restMs = 260;

export function openDrawLoop(parts: DrawParts): DrawLoop {
  let dirty = { picture: true, view: true, over: true };
  let lastChange = 0;
  let isFine = false;
  let scheduled = 0;
  let before = 0;
  let isGone = false;

  function schedule(): void {
    if (scheduled === 0 && !isGone) scheduled = requestAnimationFrame(tick);
  }
  function tick(now: number): void {
    scheduled = 0;
    const passed = Math.min(0.1, (now - before) / 1000);
    before = now;
    parts.goOn(now, passed);
    if (dirty.view) {
      const { picture } = dirty;
      dirty = { picture: false, view: false, over: false };
      parts.draw(now, picture);
    } else if (dirty.over) {
      dirty.over = false;
      parts.paint();
    } else if (isFine) return;
    else if (now - lastChange > restMs) {
      isFine = true;
      parts.drawAtRest();
    }
    schedule();
  }
  return {
    touch(isOther) {
      dirty = { picture: dirty.picture || isOther, view: true, over: true };
      lastChange = performance.now();
      isFine = false;
      schedule();
    },
    touchOver() {
      dirty.over = true;
      schedule();
    },
    stop() {
      isGone = true;
      cancelAnimationFrame(scheduled);
    },
  };
}
