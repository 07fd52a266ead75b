import { Box, MapPin, Palette, User, type LucideIcon } from "lucide-react";
import type { ElementKind } from "#domain/film/element.ts";
import type { Presence } from "#domain/elements/in-shot.ts";

export const kindNames: Record<ElementKind, { one: string; many: string }> = {
  character: { one: "Character", many: "Characters" },
  location: { one: "Location", many: "Locations" },
  object: { one: "Prop", many: "Props" },
  style: { one: "Style", many: "Style" },
};

const icons: Record<ElementKind, LucideIcon> = { character: User, location: MapPin, object: Box, style: Palette };

export function KindIcon({ kind, className }: { kind: ElementKind; className?: string }) {
  const Icon = icons[kind];
  return <Icon {...(className === undefined ? {} : { className })} aria-hidden="true" />;
}

/** Why it is thought to be in the picture. */
export const signWords: Record<Presence["sign"], string> = {
  chosen: "Put here by somebody",
  style: "Holds for every shot",
  name: "Its name is in the cast of the shot",
  trigger: "One of its trigger words is in the text",
  heading: "The scene heading names it",
  partial: "A part of its name is in the cast of the shot",
  action: "The action names it",
  dialogue: "Somebody speaks of it",
  keywords: "Keywords hint at it",
};

/** `0.95`, as film people compare them. */
export const confidenceWords = (confidence: number) => confidence.toFixed(2);
