import * as THREE from "three";
import type { Look } from "#domain/screenplay/plan/plan-cast.ts";
import { type Features, featuresOf, headMiddle, headShell, skinAt, skinTint } from "./face.ts";
import { beard, hair, headwear } from "./hair.ts";
import { ball, darker, lock, rigid, tinted } from "./parts.ts";

export function head(look: Look): THREE.BufferGeometry[] {
  const face = featuresOf(look);
  const tint = skinTint(look, face);
  const skin = headShell(face, ({ at, around }) => tint(at.x, at.y, around < 1.3));
  return [
    tinted(skin, "head", headMiddle),
    ...[-1, 1].flatMap((side) => [...eye(look, face, side), ...ear(look, side)]),
    ...mouth(look, face),
    ...hair(look, face),
    ...beard(look, face),
    ...headwear(look),
  ];
}

/** Where a spot of the face is in the mannequin's frame. */
function onFace(face: Features, x: number, y: number, ahead = 0): [number, number, number] {
  return [x, headMiddle[1] + y, headMiddle[2] + skinAt(x, y, face) + ahead];
}

const pupilAt = 0.0325;
/** The upper lid's edge above the eye's middle, as an angle from straight up. */
const lidEdge = Math.PI * 0.345;
const upperLid = new THREE.SphereGeometry(1, 16, 6, 0, Math.PI * 2, 0, lidEdge);
const lowerLid = new THREE.SphereGeometry(1, 16, 4, 0, Math.PI * 2, Math.PI * 0.71, Math.PI * 0.29);
const lashes = new THREE.TorusGeometry(1, 0.075, 5, 16, Math.PI).rotateX(Math.PI / 2);

/** The lids' bone closes what is in it by its scale: ball, iris, pupil and the light in it. */
function eye(look: Look, face: Features, side: number): THREE.BufferGeometry[] {
  const [x, y, z] = onFace(face, side * pupilAt, 0.007, -0.0085);
  const [rx, ry, rz] = [0.0188, 0.0145, 0.0135];
  const front = z + rz;
  const inner = side * -0.0009;
  const turn = [0, side * 0.16, 0] as const;
  const lid = darker(look.skin, 0.86);
  const line = darker(look.hairColour, 0.35);
  const browColour = look.hair === "bald" ? darker(look.skin, 0.42) : darker(look.hairColour, 0.75);
  const brow = (inX: number, inY: number, thick: number): [number, number, number, number] => [
    ...onFace(face, side * inX, inY, 0.0012),
    thick * (face.soft ? 0.72 : 1.12),
  ];
  return [
    rigid(ball, "lids", "#efeae2", [x, y, z], [rx, ry, rz], turn),
    rigid(ball, "lids", face.eyes, [x + inner, y, front - 0.0016], [0.0094, 0.0094, 0.0028]),
    rigid(ball, "lids", "#0c0908", [x + inner, y, front - 0.0002], [0.0047, 0.0047, 0.0017]),
    rigid(ball, "lids", "#ffffff", [x + inner + 0.0027, y + 0.0031, front + 0.001], [0.0019, 0.0019, 0.001]),
    rigid(upperLid, "head", lid, [x, y, z], [rx * 1.1, ry * 1.12, rz * 1.13], turn),
    rigid(lowerLid, "head", lid, [x, y, z], [rx * 1.08, ry * 1.08, rz * 1.1], turn),
    rigid(
      lashes,
      "head",
      line,
      [x, y + ry * 1.12 * Math.cos(lidEdge), z],
      [
        rx * 1.1 * Math.sin(lidEdge) * 1.02,
        face.soft ? 0.022 : 0.012,
        rz * 1.13 * Math.sin(lidEdge) * (face.soft ? 1.1 : 1.04),
      ],
      turn,
    ),
    // Level at the nose, highest past the eye's middle: a brow that falls outwards is a sad one.
    lock("head", browColour, [
      brow(0.0135, 0.0295, 0.0022),
      brow(0.022, 0.0325, 0.0036),
      brow(0.034, 0.0358, 0.0034),
      brow(0.045, 0.0348, 0.0026),
      brow(0.0535, 0.0295, 0.001),
    ]),
  ];
}

function ear(look: Look, side: number): THREE.BufferGeometry[] {
  return [
    rigid(
      ball,
      "head",
      look.skin,
      [side * 0.0925, 1.648, 0.0],
      [0.0095, 0.031, 0.019],
      [0.12, side * 0.35, side * 0.1],
    ),
    rigid(
      ball,
      "head",
      darker(look.skin, 0.72),
      [side * 0.0975, 1.65, 0.005],
      [0.006, 0.019, 0.0105],
      [0.12, side * 0.35, side * 0.1],
    ),
  ];
}

/** Lips that meet in a line which rises a little at its ends; the jaw's bone opens what is in it by its scale. */
function mouth(look: Look, face: Features): THREE.BufferGeometry[] {
  const lip = `#${new THREE.Color(look.skin)
    .multiply(face.soft ? new THREE.Color(0.92, 0.6, 0.6) : new THREE.Color(0.86, 0.68, 0.64))
    .getHexString()}`;
  const full = face.soft ? 1.15 : 0.95;
  const point = (x: number, y: number, r: number): [number, number, number, number] => [
    ...onFace(face, x, y, 0.0002),
    r * full,
  ];
  const upper = [
    point(-0.0245, -0.0722, 0.0009),
    point(-0.015, -0.0736, 0.0026),
    point(-0.006, -0.0733, 0.0036),
    point(0, -0.0738, 0.0033),
    point(0.006, -0.0733, 0.0036),
    point(0.015, -0.0736, 0.0026),
    point(0.0245, -0.0722, 0.0009),
  ];
  const lower = [
    point(-0.0235, -0.0732, 0.0008),
    point(-0.013, -0.0784, 0.0031),
    point(0, -0.0805, 0.0044),
    point(0.013, -0.0784, 0.0031),
    point(0.0235, -0.0732, 0.0008),
  ];
  const inside = onFace(face, 0, -0.0772, -0.0026);
  return [
    rigid(ball, "jaw", "#2b0f0e", inside, [0.018, 0.0022, 0.004]),
    rigid(ball, "jaw", "#e8e2d6", [inside[0], inside[1] + 0.0016, inside[2] + 0.0003], [0.0135, 0.0009, 0.004]),
    lock("head", darker(lip, 0.9), upper),
    lock("jaw", lip, lower),
  ];
}
