import type { Scenario } from "../scenario.ts";
import { bigdoc } from "./bigdoc.ts";
import { durabilityBroker } from "./durability-broker.ts";
import { durabilityKill } from "./durability-kill.ts";
import { durabilityPair } from "./durability-pair.ts";
import { durabilityPostgres } from "./durability-postgres.ts";
import { fanoutCursors } from "./fanout-cursors.ts";
import { fanoutLone } from "./fanout-lone.ts";
import { fanoutOne } from "./fanout-one.ts";
import { fanoutRooms } from "./fanout-rooms.ts";
import { idle } from "./idle.ts";
import { malformed } from "./malformed.ts";
import { slow } from "./slow.ts";
import { soak } from "./soak.ts";

/** In the order in which they run. */
export const scenarios: readonly Scenario[] = [
  fanoutOne,
  fanoutRooms,
  fanoutCursors,
  fanoutLone,
  idle,
  bigdoc,
  slow,
  malformed,
  durabilityKill,
  durabilityBroker,
  durabilityPair,
  durabilityPostgres,
  soak,
];
