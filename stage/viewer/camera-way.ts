import type { CameraPath, CameraSample } from "#domain/generation/timeline.ts";

/** Where the film's camera is at a time: between two samples of its way, or at its end. */
export function cameraAt({ samples }: CameraPath, seconds: number): CameraSample {
  const last = samples.length - 1;
  let [low, high] = [0, last];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (samples[middle]!.at <= seconds) low = middle;
    else high = middle - 1;
  }
  const from = samples[low]!;
  const to = samples[Math.min(last, low + 1)]!;
  const part = to.at > from.at ? Math.min(1, Math.max(0, (seconds - from.at) / (to.at - from.at))) : 0;
  const mix = (a: number, b: number) => a + (b - a) * part;
  const mix3 = (a: CameraSample["eye"], b: CameraSample["eye"]): CameraSample["eye"] => [
    mix(a[0], b[0]),
    mix(a[1], b[1]),
    mix(a[2], b[2]),
  ];
  return {
    at: seconds,
    eye: mix3(from.eye, to.eye),
    target: mix3(from.target, to.target),
    fov: mix(from.fov, to.fov),
    roll: mix(from.roll, to.roll),
    focus: mix(from.focus, to.focus),
    blur: mix(from.blur, to.blur),
  };
}
