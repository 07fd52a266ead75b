import type { Kits } from "../kit.ts";
import { cave } from "./cave.ts";
import { beach } from "./beach.ts";
import { desert } from "./desert.ts";
import { ferryLounge } from "./interiors.ts";
import { forest } from "./forest.ts";
import { exterior, field, road } from "./land.ts";
import { mountain } from "./mountain.ts";
import { carDeck } from "./car-deck.ts";
import { corridor } from "./corridor.ts";
import { cafe, interior, office, room } from "./rooms.ts";
import { harbour, lighthouseRock, shipDeck } from "./sea-places.ts";
import { spaceship } from "./spaceship.ts";
import { theatre } from "./theatre.ts";
import { alley } from "./alley.ts";
import { market, rooftop, street } from "./town.ts";

export const kits: Kits = {
  harbour,
  "ferry-lounge": ferryLounge,
  "ship-deck": shipDeck,
  "lighthouse-rock": lighthouseRock,
  street,
  alley,
  rooftop,
  market,
  room,
  cafe,
  office,
  corridor,
  "car-deck": carDeck,
  forest,
  field,
  road,
  interior,
  exterior,
  desert,
  mountain,
  beach,
  cave,
  spaceship,
  theatre,
};
