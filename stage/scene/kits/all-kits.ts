import type { Kits } from "../kit.ts";
import { ferryLounge } from "./interiors.ts";
import { harbour, lighthouseRock, shipDeck } from "./sea-places.ts";

export const kits: Kits = {
  harbour, "ferry-lounge": ferryLounge, "ship-deck": shipDeck, "lighthouse-rock": lighthouseRock,
  street: harbour, alley: harbour, rooftop: harbour, market: harbour, room: ferryLounge, cafe: ferryLounge, office: ferryLounge,
  corridor: ferryLounge, "car-deck": ferryLounge, forest: harbour, field: harbour, road: harbour, interior: ferryLounge, exterior: harbour,
};
