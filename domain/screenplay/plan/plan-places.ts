/** The places a plan can choose, and the words that name them. */
import { enclosed } from "./places/enclosed.ts";
import { land } from "./places/land.ts";
import type { Place } from "./places/place.ts";
import { rooms } from "./places/rooms.ts";
import { sea } from "./places/sea.ts";
import { town } from "./places/town.ts";
import { wild } from "./places/wild.ts";

export type { Place, Point, Seat } from "./places/place.ts";

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
  "desert",
  "mountain",
  "beach",
  "cave",
  "spaceship",
  "theatre",
] as const;
export type PlaceKind = (typeof placeKinds)[number];

export const places: Readonly<Record<PlaceKind, Place>> = {
  ...sea,
  ...town,
  ...land,
  ...wild,
  ...rooms,
  ...enclosed,
};

/** Words that name a place, the more particular first: the first row that matches decides. */
const words: readonly [RegExp, PlaceKind][] = [
  [/\b(space ?ships?|star ?ships?|space station|airlock|shuttle bay|space ?craft|escape pod)\b/, "spaceship"],
  [
    /\b(theat(?:re|er)|opera house|concert hall|auditorium|proscenium|backstage|on ?stage|stage door|footlights)\b/,
    "theatre",
  ],
  [/\b(caves?|caverns?|grotto|catacombs?|mine ?shaft|(?:gold|silver|coal) mine)\b/, "cave"],
  [/\b(car ?deck|vehicle deck|garage|hold|engine room|parking|car park)\b/, "car-deck"],
  [/\b(passenger lounge|ferry lounge|saloon|mess hall|galley|waiting room)\b/, "ferry-lounge"],
  [
    /\b(bridge wing|wheelhouse|foredeck|top deck|boat deck|on deck|ship'?s deck|crow'?s nest|gunwale|aboard|bow|stern)\b/,
    "ship-deck",
  ],
  [/\b(lighthouse|rocks?|reef|cliffs?|island|coast)\b/, "lighthouse-rock"],
  [/\b(beach(?:es)?|shores?|shoreline|cove|seaside|lagoon)\b/, "beach"],
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
  [/\b(deserts?|dunes?|sahara|wasteland|salt flats?)\b/, "desert"],
  [/\b(mountains?|mountain ?side|mountain pass|summit|alpine|glacier|snowfield)\b/, "mountain"],
  [/\b(forest|woods?|woodland|jungle|grove|trees|orchard|park)\b/, "forest"],
  [/\b(highway|motorway|road|lane|bridge|crossroads|petrol station|gas station|lay-?by)\b/, "road"],
  [/\b(street|avenue|pavement|sidewalk|city|town|downtown|village|boulevard|bus stop)\b/, "street"],
  [/\b(field|meadow|farm|moor|hill|hills|hillside|valley|plain|garden|graveyard|cemetery)\b/, "field"],
  [
    /\b(room|bedroom|kitchen|apartment|flat|house|home|cabin|living room|attic|cellar|basement|hotel|parlou?r|bathroom|shop|store|studio|church)\b/,
    "room",
  ],
  [/\b(drives|driving|headlights|taxi|by car)\b/, "road"],
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
