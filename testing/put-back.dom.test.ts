import { expect, test, vi } from "vitest";
import { putBack } from "./put-back.ts";

test("nothing that a file has kept, shown or stubbed is there for the next one", () => {
  localStorage.setItem("theme", "dark");
  sessionStorage.setItem("tab", "2");
  document.body.innerHTML = "<p>left behind</p>";
  document.body.className = "dragging";
  document.documentElement.setAttribute("data-theme", "dark");
  vi.stubGlobal("left", "behind");
  putBack();
  expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
  expect(document.body.outerHTML).toBe("<body></body>");
  expect(document.documentElement.hasAttribute("data-theme")).toBe(false);
  expect("left" in globalThis).toBe(false);
});
