import { expect, test } from "vitest";
import { castFromScript, lookFor } from "./plan-cast.ts";

test("how old somebody is said to be shows; of whom nothing is said is grown up", () => {
  expect(lookFor("MAYA", "30s, yellow raincoat").age).toBe(34);
  expect(lookFor("GRETA", "an old woman in a coat").age).toBe(72);
  expect(lookFor("BEN", "wears an old coat").age).toBeUndefined();
  expect(lookFor("TOM", "stubble, jacket").age).toBeUndefined();
  const pip = lookFor("PIP", "a little girl");
  expect(pip.age).toBe(9);
  expect(pip.height).toBeLessThan(1.4);
  expect(lookFor("KIDS", "").age).toBe(9);
  for (const parent of ["a mother of two children", "mum with a little boy", "a teacher of girls", "holding a child"])
    expect(lookFor("EVE", parent).age, parent).toBeUndefined();
  expect(lookFor("SAM", "11 years old, cap").height).toBeLessThan(1.6);
});

test("a suit is of one colour, a skirt and shorts have their own", () => {
  const banks = lookFor("BANKS", "man in a grey suit");
  expect(banks).toMatchObject({ garment: "suit", garmentColour: banks.legsColour });
  const lena = lookFor("LENA", "green sweater and a red skirt");
  expect(lena.garment).toBe("skirt");
  expect(lena.garmentColour).not.toBe(lena.legsColour);
  expect(lookFor("JON", "carries a suitcase").garment).not.toBe("suit");
});

test("whoever has a beard is a man, whatever chance says of their hair", () => {
  for (const name of ["OLD TAM", "TAM", "KIT", "ALEX", "ROBIN"])
    expect(lookFor(name, "70s, white beard, blue coat").hair, name).toBe("short");
});

test("a sentence that introduces two says of each only what is theirs", () => {
  const cast = castFromScript("ANN, 30s, green coat, and a BOY, 9, run through the forest.");
  expect(lookFor("ANN", cast["ANN"]!)).toMatchObject({ age: 34, garment: "coat" });
  expect(lookFor("BOY", cast["BOY"] ?? "").age).toBe(9);
  expect(castFromScript("JON, 40s, CEO, grey suit, waits.")["JON"]).toContain("grey suit");
});
