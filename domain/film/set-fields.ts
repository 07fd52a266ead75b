/**
 * What people say of a scene's set and of a shot's camera where the rules would have it otherwise: flat fields of the
 * records that exist anyway, so that two people who change two of them both keep their change.
 */
import { z } from "zod";
import { passNames } from "#domain/jobs/passes.ts";
import { PaletteChange, PlannedCamera, ScenePlan } from "#domain/screenplay/scene-plan.ts";

const { place, interior, hour, weather, windy, mood, lampsOn } = ScenePlan.shape;
const { key, shadows, highlights, saturation, exposure, fog, grain } = PaletteChange.shape;
const camera = PlannedCamera.shape;

/** Of a scene. */
export const SetFields = {
  setPlace: place.optional(),
  setInterior: interior.optional(),
  setHour: hour.optional(),
  setWeather: weather.optional(),
  setWindy: windy.optional(),
  setMood: mood.optional(),
  setLampsOn: lampsOn.unwrap().optional(),
  setKey: key,
  setShadows: shadows,
  setHighlights: highlights,
  setSaturation: saturation,
  setExposure: exposure,
  setFog: fog,
  setGrain: grain,
};

/** Of a shot: where the set's view says more than the board's framing, move and lens. */
export const CameraFields = {
  camFraming: camera.framing.optional(),
  camSide: camera.side,
  camAzimuth: camera.azimuth.optional(),
  camHeight: camera.height.optional(),
  camMove: camera.move.optional(),
  camAmount: camera.amount.optional(),
  camEase: camera.ease.unwrap().optional(),
  camAperture: camera.aperture.unwrap().optional(),
  /** Asked for with the next render, besides what people see. */
  passes: z.array(z.enum(passNames)).max(passNames.length).optional(),
};

/**
 * The same fields for reading a document: one that makes no sense is not there, and hides nothing else of its record.
 */
export function tolerantly<T extends Record<string, z.ZodType>>(fields: T): { [K in keyof T]: z.ZodCatch<T[K]> } {
  const read = Object.entries(fields).map(([name, field]) => [name, field.catch(undefined as never)]);
  return Object.fromEntries(read) as { [K in keyof T]: z.ZodCatch<T[K]> };
}
