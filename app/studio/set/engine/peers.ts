/** The others in the set as they are drawn over it: a ball where they look from, a cone of what they see, their name. */
import type * as THREE from "three";
import type { SetPeer } from "../set-presence.ts";
import type { Label } from "./labels.ts";
import type { Pose } from "./navigation.ts";
import * as draw from "./paint.ts";
import { gateHeight } from "./shot-views.ts";

export interface PeersOver {
  peers: readonly { peer: SetPeer; shown: Pose }[];
  /** Whose view one follows, by their connection. */
  following: number | null;
  painter: draw.Painter;
  camera: THREE.Camera;
  width: number;
  height: number;
  /** How high the floor is, metres. */
  floor: number;
  /** Of the film. */
  aspect: number;
}

/** Metres from the ball to the cone's mouth. */
const coneLength = 1.15;
/** An avatar nearer than the first is gone, from the second on it is whole; metres from its axis. */
const fades = { from: 1.2, to: 2.4 };

/** @returns how much of somebody's avatar is to be seen from there, 0 to 1: whoever is in it would see nothing else */
export function avatarShown(from: THREE.Vector3, { eye, look }: Pose): number {
  const ahead = look.clone().sub(eye).normalize();
  const along = Math.min(coneLength, Math.max(0, from.clone().sub(eye).dot(ahead)));
  const away = from.distanceTo(eye.clone().addScaledVector(ahead, along));
  return Math.min(1, Math.max(0, (away - fades.from) / (fades.to - fades.from)));
}

/** @returns their names */
export function paintPeers(over: PeersOver): Label[] {
  const { peers, following, camera } = over;
  const seen = peers.map(({ peer, shown }) => ({
    ...{ peer, shown },
    part: peer.clientId === following ? 0 : avatarShown(camera.position, shown),
  }));
  const here = seen.filter(({ part }) => part === 0);
  return [
    ...seen.filter(({ part }) => part > 0).map(({ peer, shown, part }) => paintPeer(over, peer, shown, part)),
    ...here.map(({ peer }, index) => nameOfOneHere(over, peer, index - (here.length - 1) / 2)),
  ];
}

function paintPeer(over: PeersOver, peer: SetPeer, shown: Pose, part: number): Label {
  const { painter, floor, aspect } = over;
  const { color, stage } = peer;
  const { context } = painter;
  const before = context.globalAlpha;
  context.globalAlpha = before * part;
  draw.dropLine(painter, shown.eye, floor, draw.see(color, 0.75));
  const tall = Math.min(0.42, gateHeight / 2 / stage.lensMm);
  draw.frustum(
    painter,
    { eye: shown.eye, look: shown.look, tall, wide: tall * aspect, length: coneLength },
    color,
    draw.see(color, 0.22),
  );
  const flat = painter.on(shown.eye);
  const above = painter.on(shown.eye.clone().setY(shown.eye.y + 0.3));
  const radius = flat && above ? Math.min(16, Math.max(7, Math.hypot(flat.x - above.x, flat.y - above.y))) : 8;
  draw.ball(painter, shown.eye, radius, color);
  context.globalAlpha = before;
  const label = labelOf(peer);
  const edge = draw.edgeTowards(over.camera, shown.eye, over.width, over.height);
  if (edge !== null) return { ...label, at: edge, isBeyond: true };
  return { ...label, at: flat && { x: flat.x, y: flat.y - radius - 6 } };
}

/** Who looks from where one looks oneself stands nowhere in the picture: they are named at its head, side by side. */
function nameOfOneHere({ width }: PeersOver, peer: SetPeer, place: number): Label {
  return { ...labelOf(peer), at: { x: width / 2 + place * 92, y: draw.rim.top }, isBeyond: true };
}

const labelOf = ({ clientId, name, color }: SetPeer) =>
  ({ id: `peer ${clientId}`, kind: "peer", text: name, color }) as const;
