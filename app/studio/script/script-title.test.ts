import { expect, test } from "vitest";
import { titleOfScript } from "./script-title.ts";

test("the title page names the film, on its line or below it", () => {
  expect(titleOfScript("Title: **Low Water**\nAuthor: A\n\nEXT. HARBOUR - DUSK\n")).toBe("Low Water");
  expect(titleOfScript("Title:\n    _The Night Ferry_\n\nEXT. HARBOUR - DUSK\n")).toBe("The Night Ferry");
});

test("without a title page it is called after the place where it begins", () => {
  expect(titleOfScript("EXT. HARBOUR - DUSK\n\nRain on black water.\n")).toBe("Harbour");
  expect(titleOfScript("FADE IN:\n\nINT. FERRY - CAR DECK - NIGHT\n\nChains.\n")).toBe("Car deck");
});

test("plain prose and lists give their first words", () => {
  expect(titleOfScript("1. A woman waits at the station, alone.\n2. A train.")).toBe("A woman waits at the");
});

test("nothing to go by stays untitled", () => {
  expect(titleOfScript("\n\n12 34\n")).toBe("Untitled film");
});
