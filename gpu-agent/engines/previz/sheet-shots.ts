import type { CliShot } from "./cli-shots.ts";

const people = {
  "MAYA OKAFOR": "30s, woman, yellow raincoat",
  "CAPTAIN HALE": "60s, captain, white beard, navy uniform, cap",
  "INSPECTOR ROY": "50s, man, grey trench coat, hat",
  NORA: "woman, 20s, red dress, bun",
  TOM: "man, 30s, green jumper",
};
const shot = (
  heading: string,
  type: string,
  action: string,
  more: Partial<CliShot> & { atFraction?: number } = {},
): CliShot & { atFraction?: number } => ({ heading, type, action, notes: people, ...more });

/** Places x hours x weathers x framings, for the contact sheet. */
export const sheetShots = [
  shot("EXT. HARBOUR - DUSK", "wide", "Rain. MAYA hurries down the pier with a cello case on her back."),
  shot("INT. FERRY LOUNGE - NIGHT", "wide", "Empty red seats. MAYA sits and wraps her arms around the cello case."),
  shot("EXT. LIGHTHOUSE ROCK - NIGHT", "establishing", "Storm. The beam sweeps. Lightning.", { atFraction: 0.3 }),
  shot("EXT. DESERT - DUSK", "extreme wide", "TOM walks through the dunes."),
  shot(
    "EXT. FERRY BRIDGE WING - NIGHT",
    "medium",
    "Wind and rain. CAPTAIN HALE grips the wheel. A lighthouse sweeps its beam.",
    { say: ["CAPTAIN HALE: There is no lighthouse on this crossing."] },
  ),
  shot("EXT. MOUNTAIN PASS - DAY", "wide", "Snow. INSPECTOR ROY walks up the path."),
  shot("EXT. NEON ALLEY - NIGHT", "full", "Rain. INSPECTOR ROY walks slowly."),
  shot("INT. CAFE - DAY", "two_shot", "NORA and TOM sit. ", {
    who: ["NORA", "TOM"],
    say: ["NORA: You came back.", "TOM: I never left."],
  }),
  shot("INT. SPACESHIP CORRIDOR - NIGHT", "full", "NORA walks along the corridor of the spaceship."),
  shot("EXT. FOREST - DAWN", "wide", "Fog. TOM walks between the trees."),
  shot("EXT. BEACH - DUSK", "wide", "MAYA sits on the sand and looks out to sea."),
  shot("EXT. VILLAGE STREET - NIGHT", "establishing", "Snow falls. Nobody about."),
  shot("INT. THEATRE STAGE - NIGHT", "wide", "NORA stands in the light and sings."),
  shot("INT. CAVE - NIGHT", "medium", "TOM holds up a lantern.", { say: ["TOM: Hello?"] }),
  shot("INT. FERRY LOUNGE - NIGHT", "insert", "A brass clock above the bar. The second hand stutters, then stops."),
  shot("EXT. ROOFTOP - NIGHT", "wide", "NORA and TOM look over the city.", {
    who: ["NORA", "TOM"],
    say: ["NORA: It is beautiful."],
  }),
  shot("EXT. MARKET - DAY", "medium", "NORA walks among the stalls."),
  shot("INT. OFFICE - NIGHT", "medium", "INSPECTOR ROY sits at the desk with a letter.", {
    say: ["INSPECTOR ROY: We missed something."],
  }),
  shot("INT. FERRY CAR DECK - NIGHT", "tracking", "Chains rattle. MAYA runs between the bulkheads.", {
    move: "tracking",
  }),
  shot("INT. LIVING ROOM - DUSK", "over_shoulder", "NORA and TOM talk.", {
    who: ["NORA", "TOM"],
    say: ["TOM: Sit down."],
  }),
  shot("EXT. HARBOUR - DUSK", "close_up", "Rain. MAYA looks up.", { say: ["MAYA: Wait! One more!"] }),
  shot("INT. LIVING ROOM - NIGHT", "medium", "TOM plays the guitar."),
  shot("EXT. ROAD - DUSK", "wide", "A car. TOM walks along the road with a suitcase."),
  shot("INT. CORRIDOR - NIGHT", "full", "NORA runs down the corridor."),
];
