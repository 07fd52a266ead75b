/**
 * The places a plan can choose, with where people stand, sit and go in each, in metres.
 * The floor is y = 0; +z points at the camera's usual side; a facing of 0 degrees looks along +z.
 * The stage builds each place round the same marks, so a change here is a change of the set.
 */
export const placeKinds = [
  "harbour",
  "ferry-lounge",
  "ship-deck",
  "lighthouse-rock",
  "street",
  "alley",
  "rooftop",
  "market",
  "room",
  "cafe",
  "office",
  "corridor",
  "car-deck",
  "forest",
  "field",
  "road",
  "interior",
  "exterior",
] as const;
export type PlaceKind = (typeof placeKinds)[number];

export type Point = readonly [x: number, y: number, z: number];

export type Seat = { at: Point; facing: number; height: number };

export type Place = {
  interior: boolean;
  /** What a person calls it, for a sentence. */
  name: string;
  /** The spot where one person stands, and which way they face by default. */
  mark: { at: Point; facing: number };
  /** Where people walk and run, from one end to the other. */
  path: { from: Point; to: Point };
  seats: readonly Seat[];
  /** Where a wide picture is taken from, and what it looks at. */
  wide: { eye: Point; look: Point };
  /** Where a prop lies for an insert, and the direction the camera looks from, degrees. */
  insert: { at: Point; from: number };
  /** A box the camera stays inside: min and max corner. */
  room: readonly [Point, Point];
};

const open: Place["room"] = [
  [-60, 0.25, -60],
  [60, 30, 60],
];

export const places: Record<PlaceKind, Place> = {
  harbour: {
    interior: false,
    name: "harbour pier",
    mark: { at: [0.2, 0, 0], facing: 20 },
    path: { from: [1.3, 0, -22], to: [0.6, 0, 7] },
    seats: [{ at: [1.9, 0, -2], facing: -60, height: 0.46 }],
    wide: { eye: [1.5, 1.9, 13.5], look: [-2.4, 2.5, -12] },
    insert: { at: [1.9, 0.48, -2], from: -35 },
    room: [
      [-3, 0.3, -30],
      [8, 14, 22],
    ],
  },
  "ferry-lounge": {
    interior: true,
    name: "ferry lounge",
    mark: { at: [0, 0, 1.2], facing: 10 },
    path: { from: [0, 0, -7.5], to: [0, 0, 2.6] },
    seats: [
      { at: [-1.75, 0, -1.3], facing: 0, height: 0.44 },
      { at: [-2.45, 0, -1.3], facing: 0, height: 0.44 },
      { at: [1.75, 0, -1.3], facing: 0, height: 0.44 },
      { at: [2.45, 0, -3.1], facing: 0, height: 0.44 },
    ],
    wide: { eye: [3.3, 1.75, 5.6], look: [-1.1, 1.02, -3.2] },
    insert: { at: [-2.2, 1.86, -8.72], from: 0 },
    room: [
      [-5.6, 0.4, -8],
      [5.6, 2.35, 6.2],
    ],
  },
  "ship-deck": {
    interior: false,
    name: "ship's deck",
    mark: { at: [-0.6, 0, 0.2], facing: 35 },
    path: { from: [-1.6, 0, -8], to: [-0.8, 0, 5] },
    seats: [{ at: [-1.5, 0, -2.4], facing: 30, height: 0.45 }],
    wide: { eye: [2.6, 2.5, 8.6], look: [-1.9, 1.7, -8] },
    insert: { at: [-1.5, 0.47, -2.4], from: 25 },
    room: [
      [-9, 0.3, -14],
      [2.6, 9, 12],
    ],
  },
  "lighthouse-rock": {
    interior: false,
    name: "lighthouse rock",
    mark: { at: [0, 0, 0], facing: 15 },
    path: { from: [-3.2, 0, -2], to: [3, 0, 2.2] },
    seats: [{ at: [0.3, 0, 0.2], facing: -25, height: 0.42 }],
    wide: { eye: [-6.6, 2.2, 21], look: [2.6, 6.7, -9] },
    insert: { at: [0.3, 0.44, 0.2], from: 20 },
    room: [
      [-16, 0.5, -6],
      [16, 12, 24],
    ],
  },
  street: {
    interior: false,
    name: "street",
    mark: { at: [-3.9, 0, 0], facing: 20 },
    path: { from: [-4.2, 0, -18], to: [-3.8, 0, 8] },
    seats: [{ at: [-5.3, 0, -2.4], facing: 70, height: 0.46 }],
    wide: { eye: [1.4, 1.9, 15], look: [-1.5, 3.1, -12] },
    insert: { at: [-5.3, 0.5, -2.4], from: 40 },
    room: [
      [-5.6, 0.3, -24],
      [5.6, 12, 24],
    ],
  },
  alley: {
    interior: false,
    name: "alley",
    mark: { at: [0, 0, 0], facing: 10 },
    path: { from: [0.3, 0, -15], to: [-0.2, 0, 6] },
    seats: [{ at: [-1.5, 0, -1.6], facing: 60, height: 0.5 }],
    wide: { eye: [0.7, 1.5, 10.5], look: [-0.2, 2.1, -10] },
    insert: { at: [-1.5, 0.52, -1.6], from: 40 },
    room: [
      [-1.8, 0.3, -16],
      [1.8, 8, 16],
    ],
  },
  rooftop: {
    interior: false,
    name: "rooftop",
    mark: { at: [0, 0, -0.6], facing: 25 },
    path: { from: [-3.5, 0, -4], to: [2.6, 0, 3] },
    seats: [{ at: [2.4, 0, -1.6], facing: -50, height: 0.5 }],
    wide: { eye: [4.6, 2.6, 10.5], look: [-1.8, 1.8, -9] },
    insert: { at: [2.4, 0.52, -1.6], from: -20 },
    room: [
      [-9, 0.3, -5.4],
      [9, 14, 16],
    ],
  },
  market: {
    interior: false,
    name: "market",
    mark: { at: [0, 0, 0], facing: 15 },
    path: { from: [0.2, 0, -15], to: [-0.2, 0, 7] },
    seats: [{ at: [1.7, 0, -1.2], facing: -60, height: 0.46 }],
    wide: { eye: [0.9, 2.7, 12.5], look: [-0.5, 1.4, -9] },
    insert: { at: [2.5, 0.93, 0.4], from: -60 },
    room: [
      [-2, 0.3, -18],
      [2, 8, 18],
    ],
  },
  room: {
    interior: true,
    name: "room",
    mark: { at: [0.4, 0, -0.6], facing: 0 },
    path: { from: [-2.6, 0, -2.2], to: [1.6, 0, 1.2] },
    seats: [
      { at: [-0.9, 0, -0.9], facing: 38, height: 0.46 },
      { at: [1.15, 0, -0.9], facing: -38, height: 0.46 },
    ],
    wide: { eye: [2.7, 1.65, 4.9], look: [-0.55, 1.12, -1.7] },
    insert: { at: [0.12, 0.77, -0.4], from: 15 },
    room: [
      [-3.1, 0.4, -2.7],
      [3.1, 2.4, 5.2],
    ],
  },
  cafe: {
    interior: true,
    name: "café",
    mark: { at: [0, 0, 0.6], facing: 0 },
    path: { from: [0, 0, -3], to: [0.3, 0, 2.6] },
    seats: [
      { at: [-1.7, 0, 0], facing: 90, height: 0.46 },
      { at: [-0.3, 0, 0], facing: -90, height: 0.46 },
      { at: [1.7, 0, -2.2], facing: 90, height: 0.46 },
      { at: [3.1, 0, -2.2], facing: -90, height: 0.46 },
    ],
    wide: { eye: [2.9, 1.7, 5.8], look: [-0.7, 1.15, -2.4] },
    insert: { at: [-1, 0.75, 0], from: 20 },
    room: [
      [-4.4, 0.4, -3.5],
      [4.4, 2.7, 6.2],
    ],
  },
  office: {
    interior: true,
    name: "office",
    mark: { at: [0.2, 0, 0.6], facing: 0 },
    path: { from: [-2.8, 0, -2.8], to: [1.8, 0, 1.8] },
    seats: [
      { at: [-0.2, 0, -1.9], facing: 0, height: 0.48 },
      { at: [-1, 0, 0.5], facing: 155, height: 0.46 },
    ],
    wide: { eye: [3, 1.75, 5], look: [-0.5, 1.1, -2.4] },
    insert: { at: [0.15, 0.77, -1.1], from: 15 },
    room: [
      [-3.7, 0.4, -3.4],
      [3.7, 2.5, 5.6],
    ],
  },
  corridor: {
    interior: true,
    name: "corridor",
    mark: { at: [0, 0, 0], facing: 8 },
    path: { from: [0, 0, -17], to: [0, 0, 6] },
    seats: [{ at: [-1, 0, -1], facing: 90, height: 0.46 }],
    wide: { eye: [0.35, 1.45, 9.5], look: [-0.05, 1.25, -10] },
    insert: { at: [-1, 0.48, -1], from: 40 },
    room: [
      [-1.1, 0.3, -18],
      [1.1, 2.3, 11],
    ],
  },
  "car-deck": {
    interior: true,
    name: "car deck",
    mark: { at: [-0.6, 0, 0], facing: 20 },
    path: { from: [-1.7, 0, -15], to: [-1.2, 0, 7] },
    seats: [{ at: [-2.4, 0, -1.5], facing: 55, height: 0.46 }],
    wide: { eye: [-3, 1.5, 10.5], look: [0.5, 1.35, -8] },
    insert: { at: [1.75, 0.98, -3.1], from: 8 },
    room: [
      [-4.2, 0.3, -16],
      [4.2, 3.6, 12],
    ],
  },
  forest: {
    interior: false,
    name: "forest",
    mark: { at: [0, 0, 0], facing: 18 },
    path: { from: [-1.2, 0, -14], to: [0.6, 0, 7] },
    seats: [{ at: [1.4, 0, -1], facing: -35, height: 0.42 }],
    wide: { eye: [1.8, 1.7, 13], look: [-0.4, 2.5, -10] },
    insert: { at: [1.4, 0.44, -1], from: -10 },
    room: open,
  },
  field: {
    interior: false,
    name: "field",
    mark: { at: [0, 0, 0], facing: 20 },
    path: { from: [-7, 0, -9], to: [2.5, 0, 4] },
    seats: [{ at: [1.2, 0, -0.8], facing: -30, height: 0.42 }],
    wide: { eye: [3.5, 1.7, 14], look: [-2, 2.3, -12] },
    insert: { at: [1.2, 0.44, -0.8], from: 0 },
    room: open,
  },
  road: {
    interior: false,
    name: "road",
    mark: { at: [-1.6, 0, 0], facing: 15 },
    path: { from: [-1.8, 0, -20], to: [-1.5, 0, 8] },
    seats: [{ at: [-3.6, 0, -1], facing: 40, height: 0.42 }],
    wide: { eye: [1.2, 1.4, 13], look: [-0.6, 2.2, -14] },
    insert: { at: [-3.6, 0.44, -1], from: 20 },
    room: open,
  },
  interior: {
    interior: true,
    name: "interior",
    mark: { at: [0, 0, -0.4], facing: 0 },
    path: { from: [-2.8, 0, -2.4], to: [1.8, 0, 1.6] },
    seats: [
      { at: [-0.9, 0, -0.9], facing: 38, height: 0.46 },
      { at: [1.15, 0, -0.9], facing: -38, height: 0.46 },
    ],
    wide: { eye: [2.8, 1.65, 5.2], look: [-0.5, 1.2, -1.8] },
    insert: { at: [0.12, 0.77, -0.4], from: 15 },
    room: [
      [-3.1, 0.4, -2.7],
      [3.1, 2.4, 5.4],
    ],
  },
  exterior: {
    interior: false,
    name: "open ground",
    mark: { at: [0, 0, 0], facing: 20 },
    path: { from: [-5, 0, -8], to: [2, 0, 4] },
    seats: [{ at: [1.2, 0, -0.8], facing: -30, height: 0.42 }],
    wide: { eye: [3.5, 1.7, 14], look: [-2, 2.4, -12] },
    insert: { at: [1.2, 0.44, -0.8], from: 0 },
    room: open,
  },
};

/** Words that name a place, the more particular first: the first row that matches decides. */
const words: readonly [RegExp, PlaceKind][] = [
  [/\b(car ?deck|vehicle deck|garage|hold|engine room|parking|car park)\b/, "car-deck"],
  [/\b(passenger lounge|ferry lounge|saloon|mess hall|galley|waiting room)\b/, "ferry-lounge"],
  [
    /\b(bridge wing|wheelhouse|foredeck|top deck|boat deck|on deck|ship'?s deck|crow'?s nest|gunwale|aboard|bow|stern)\b/,
    "ship-deck",
  ],
  [/\b(lighthouse|rocks?|reef|beach|shore|shoreline|cove|cliffs?|island|coast)\b/, "lighthouse-rock"],
  [/\b(harbou?r|pier|docks?|quay|wharf|jetty|marina|port|ferry terminal)\b/, "harbour"],
  [/\b(alley|alleyway|back ?street|passageway between|neon)\b/, "alley"],
  [/\b(roof|rooftop|rooftops|terrace|balcony)\b/, "rooftop"],
  [/\b(market|bazaar|souk|stalls?|fair|square)\b/, "market"],
  [/\b(corridor|hallway|passage|tunnel|stairwell|hall)\b/, "corridor"],
  [/\b(caf[eé]|coffee|bar|pub|diner|restaurant|bistro|tavern|canteen)(?!\w)/, "cafe"],
  [
    /\b(office|police station|precinct|newsroom|classroom|lab|laboratory|archive|library|study|clinic|ward)\b/,
    "office",
  ],
  [/\b(forest|woods?|woodland|jungle|grove|trees|orchard|park)\b/, "forest"],
  [/\b(highway|motorway|road|lane|bridge|crossroads|petrol station|gas station|lay-?by)\b/, "road"],
  [/\b(street|avenue|pavement|sidewalk|city|town|downtown|village|boulevard|bus stop)\b/, "street"],
  [/\b(field|meadow|farm|moor|hill|hills|hillside|valley|desert|mountain|plain|garden|graveyard|cemetery)\b/, "field"],
  [
    /\b(room|bedroom|kitchen|apartment|flat|house|home|cabin|living room|attic|cellar|basement|hotel|parlou?r|bathroom|shop|store|studio|theatre|church)\b/,
    "room",
  ],
];
const aboard = /\b(ferry|ship|boat|trawler|yacht|vessel|submarine|liner|marigold)\b/;

/** @returns the place for a slug line; what the location says wins over what the action says */
export function placeFor(location: string, action: string, setting: "int" | "ext" | "int-ext" | ""): PlaceKind {
  const inside = setting === "int" || setting === "int-ext";
  for (const text of [location.toLowerCase(), action.toLowerCase().slice(0, 400)]) {
    const onShip = aboard.test(text);
    const found = words.filter(([pattern]) => pattern.test(text)).map(([, kind]) => kind);
    for (const kind of found) {
      // A lounge, bar or corridor of a ship is the ship's; a ship's bridge is no road.
      if (onShip && inside && (kind === "room" || kind === "cafe")) return "ferry-lounge";
      if (onShip && (kind === "road" || kind === "rooftop")) return inside ? "office" : "ship-deck";
      if (setting === "int" && !places[kind].interior) continue;
      if (setting === "ext" && places[kind].interior) continue;
      return kind;
    }
    if (onShip && setting !== "") return inside ? "ferry-lounge" : "ship-deck";
  }
  return inside ? "interior" : "exterior";
}
