import * as THREE from "three";
import { places } from "#domain/screenplay/plan-places.ts";
import type { Framing, ScenePlan } from "#domain/screenplay/scene-plan.ts";
import type { Character } from "../characters/character.ts";
import { propSize } from "../scene/props.ts";

/** What the camera is at one moment of the shot. */
export type CameraView = {
  eye: THREE.Vector3;
  look: THREE.Vector3;
  verticalFov: number;
  roll: number;
  focus: number;
  blur: number;
};

/** Height of a 16:9 super-35 gate, mm: lens lengths mean here what they mean on a film set. */
const gateHeight = 14;

/** Height of what is seen at the subject's distance, metres, and where it is centred below the eyes. */
const extents: Record<Framing, { tall: number; drop: number }> = {
  "extreme-wide": { tall: 14, drop: 0 },
  "extreme-close-up": { tall: 0.25, drop: 0.01 },
  "close-up": { tall: 0.46, drop: 0.055 },
  "medium-close": { tall: 0.74, drop: 0.17 },
  medium: { tall: 1.12, drop: 0.36 },
  full: { tall: 2.5, drop: 0.78 },
  wide: { tall: 5.5, drop: 0.5 },
  establishing: { tall: 9, drop: 0 },
  insert: { tall: 0.4, drop: 0 },
  "over-shoulder": { tall: 0.9, drop: 0.12 },
  "two-shot": { tall: 1.35, drop: 0.4 },
  pov: { tall: 2, drop: 0.3 },
};

const rad = (degrees: number) => (degrees * Math.PI) / 180;
const ease = (k: number) => {
  const c = Math.min(1, Math.max(0, k));
  return c * c * (3 - 2 * c) * 0.6 + c * 0.4;
};
const round = (angle: number) => new THREE.Vector3(Math.sin(rad(angle)), 0, Math.cos(rad(angle)));

/** Smooth chance: three sines that never line up. */
const drift = (t: number, seed: number) =>
  Math.sin(t * 1.7 + seed) * 0.5 + Math.sin(t * 3.1 + seed * 2.3) * 0.3 + Math.sin(t * 0.63 + seed * 5.1) * 0.6;

/** @returns the camera of a shot as a function of its time */
export function shotCamera(
  plan: ScenePlan,
  characters: readonly Character[],
  aspect: number,
): (seconds: number) => CameraView {
  const { camera } = plan;
  const place = places[plan.place];
  const length = (plan.frames * plan.fps.den) / plan.fps.num;
  const subject = camera.subject.kind === "character" ? characters[camera.subject.index] : undefined;
  const prop = camera.subject.kind === "prop" ? plan.props[camera.subject.index] : undefined;
  const usualFov = 2 * Math.atan(gateHeight / 2 / camera.lensMm);

  const eyesOf = (character: Character, t: number) =>
    character.placeAt(t).setY(character.placeAt(t).y + character.eyeHeight);
  const moving = subject !== undefined && subject.placeAt(0).distanceTo(subject.placeAt(length)) > 0.2;

  /** The camera before its move: where it stands, what it looks at, how tall the picture is there. */
  function stand(t: number): { eye: THREE.Vector3; look: THREE.Vector3; tall: number; blur: number } {
    const { tall, drop } = extents[camera.framing];
    if (prop !== undefined) {
      const at = new THREE.Vector3(...prop.at).add(
        new THREE.Vector3(0, propSize[prop.kind] * (prop.kind === "clock" ? 0 : 0.3), 0),
      );
      const seen = propSize[prop.kind] * 2.3;
      const steep = prop.kind === "clock" ? 4 : 30;
      const way = round(prop.facing + camera.azimuth)
        .multiplyScalar(Math.cos(rad(steep)))
        .setY(Math.sin(rad(steep)));
      return { eye: at.clone().addScaledVector(way, seen / 2 / Math.tan(usualFov / 2)), look: at, tall: seen, blur: 1 };
    }
    const wideEye = new THREE.Vector3(...place.wide.eye);
    const wideLook = new THREE.Vector3(...place.wide.look);
    if (subject === undefined || camera.framing === "establishing")
      return { eye: wideEye, look: wideLook, tall: 0, blur: 0 };
    const eyes = eyesOf(subject, t);
    if (camera.framing === "wide") {
      // Nearer than the empty place is shown, and with the person off the middle.
      const look = wideLook
        .clone()
        .lerp(eyes, 0.5)
        .setY(wideLook.y * 0.45 + eyes.y * 0.55);
      return {
        eye: wideEye
          .clone()
          .lerp(eyes, moving ? 0.2 : 0.36)
          .setY(wideEye.y * 0.85 + camera.height),
        look,
        tall: 0,
        blur: 0.12,
      };
    }
    if (camera.framing === "pov") {
      const target = subject.plan.looksAt >= 0 ? characters[subject.plan.looksAt] : undefined;
      const look = target === undefined ? eyes.clone().add(round(subject.facing).multiplyScalar(6)) : eyesOf(target, t);
      return { eye: eyes.clone().add(round(subject.facing).multiplyScalar(0.2)), look, tall: 0, blur: 0.3 };
    }
    const other = characters[subject.plan.looksAt >= 0 ? subject.plan.looksAt : subject === characters[0] ? 1 : 0];
    if (camera.framing === "over-shoulder" && other !== undefined) {
      const from = eyesOf(other, t);
      const line = from.clone().sub(eyes).setY(0).normalize();
      const side = new THREE.Vector3(line.z, 0, -line.x).multiplyScalar(camera.azimuth < 0 ? -1 : 1);
      if (side.z < 0) side.negate();
      return {
        eye: from
          .addScaledVector(line, 0.95)
          .addScaledVector(side, 0.42)
          .add(new THREE.Vector3(0, 0.08, 0)),
        look: eyes.clone().add(new THREE.Vector3(0, -0.1, 0)),
        tall: 0,
        blur: 0.55,
      };
    }
    if (camera.framing === "two-shot" && other !== undefined) {
      const second = eyesOf(other, t);
      const middle = eyes.clone().add(second).multiplyScalar(0.5);
      const gap = eyes.distanceTo(second);
      const need = Math.max(tall, (gap * 1.25 + 0.95) / aspect);
      const way = round(plan.setSeed % 2 === 0 ? 12 : -12);
      return {
        eye: middle.clone().addScaledVector(way, need / 2 / Math.tan(usualFov / 2)),
        look: middle.setY(middle.y - need * 0.26),
        tall: need,
        blur: 0.35,
      };
    }
    const size = subject.plan.seat > 0 && camera.framing === "full" ? { tall: 1.9, drop: 0.42 } : { tall, drop };
    const look = eyes.clone().setY(eyes.y - size.drop);
    const way = round(subject.facing + camera.azimuth);
    const eye = look.clone().addScaledVector(way, size.tall / 2 / Math.tan(usualFov / 2));
    eye.y = Math.max(0.35, eyes.y - size.drop * 0.55 + camera.height);
    const blur =
      { "extreme-close-up": 1, "close-up": 0.9, "medium-close": 0.7, medium: 0.5 }[camera.framing as string] ?? 0.2;
    return { eye, look, tall: size.tall, blur };
  }

  const follows =
    moving &&
    (camera.move === "track" ||
      (camera.framing !== "wide" && camera.framing !== "establishing" && camera.framing !== "full"));
  const restAt = length * 0.62;

  return (seconds) => {
    const k = ease(seconds / Math.max(0.001, length));
    const amount = camera.amount;
    const now = stand(follows ? seconds : restAt);
    const { eye, look } = now;
    // A camera that stays turns with whoever goes past it.
    if (moving && !follows && subject !== undefined) {
      const shift = subject.placeAt(seconds).sub(subject.placeAt(restAt));
      look.addScaledVector(shift, camera.framing === "wide" ? 0.35 : 1);
    }
    const way = eye.clone().sub(look);
    const far = way.length();
    switch (camera.move) {
      case "static":
        break;
      case "push-in":
        eye.copy(look).addScaledVector(way, 1 + 0.12 * amount - 0.24 * amount * k);
        break;
      case "pull-out":
        eye.copy(look).addScaledVector(way, 1 - 0.1 * amount + 0.3 * amount * k);
        break;
      case "pan":
        look
          .sub(eye)
          .applyAxisAngle(new THREE.Vector3(0, 1, 0), rad((9 - 18 * k) * amount))
          .add(eye);
        break;
      case "tilt":
        look.y += far * Math.tan(rad((10 - 11 * k) * amount));
        break;
      case "crane":
        eye.y += (1 - k) * Math.min(2.2, far * 0.2) * amount;
        break;
      case "orbit":
        eye.copy(look).add(way.applyAxisAngle(new THREE.Vector3(0, 1, 0), rad((-14 + 28 * k) * amount)));
        break;
      case "track":
        if (!moving) {
          const side = new THREE.Vector3(way.z, 0, -way.x)
            .normalize()
            .multiplyScalar((k - 0.5) * Math.min(1.6, far * 0.35) * amount);
          eye.add(side);
          look.addScaledVector(side, 0.75);
        }
        break;
      case "handheld":
        break;
    }
    const shake =
      camera.move === "handheld"
        ? 1
        : camera.move === "track" && subject?.plan.action === "run"
          ? 0.8
          : camera.move === "static"
            ? 0
            : 0.12;
    const unsteady = shake * Math.min(1, far * 0.35) * 0.02;
    const salt = plan.seed % 100;
    eye.add(new THREE.Vector3(drift(seconds, salt), drift(seconds * 1.3, salt + 9), 0).multiplyScalar(unsteady));
    look.add(
      new THREE.Vector3(drift(seconds * 1.1, salt + 3), drift(seconds * 1.2, salt + 5), 0).multiplyScalar(
        unsteady * 0.8,
      ),
    );

    const [low, high] = place.room;
    const free = eye.clone();
    eye.clamp(new THREE.Vector3(...low), new THREE.Vector3(...high));
    const reached = eye.distanceTo(look);
    // Against a wall a longer way becomes a wider lens, so that a close-up stays a close-up and a wide stays wide.
    let fov = usualFov;
    if (now.tall > 0 && free.distanceTo(eye) > 0.01)
      fov = Math.min(rad(62), 2 * Math.atan(now.tall / 2 / Math.max(0.5, reached)));
    const composed = compose(eye, look, fov, aspect, plan, subject);
    return {
      eye,
      look: composed,
      verticalFov: (fov * 180) / Math.PI,
      roll: shake * drift(seconds * 0.9, salt + 7) * 0.004,
      focus: reached,
      blur: now.blur,
    };
  };
}

/** Gives a person room to look into: the eyes come to rest on a third, not in the middle. */
function compose(
  eye: THREE.Vector3,
  look: THREE.Vector3,
  fov: number,
  aspect: number,
  plan: ScenePlan,
  subject: Character | undefined,
): THREE.Vector3 {
  if (
    subject === undefined ||
    plan.camera.framing === "wide" ||
    plan.camera.framing === "two-shot" ||
    plan.camera.framing === "pov" ||
    plan.camera.framing === "establishing"
  )
    return look;
  const way = look.clone().sub(eye);
  const right = new THREE.Vector3(-way.z, 0, way.x).normalize();
  const looking = round(subject.facing).dot(right);
  const share = plan.camera.framing === "extreme-close-up" ? 0.06 : 0.12;
  const wide = way.length() * Math.tan(fov / 2) * aspect;
  const sign = Math.abs(looking) < 0.12 ? (plan.setSeed % 2 === 0 ? 1 : -1) : Math.sign(looking);
  return look.clone().addScaledVector(right, wide * share * 2 * sign * Math.min(1, 0.4 + Math.abs(looking)));
}
