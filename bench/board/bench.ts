/**
 * Scrolling the board: a film of 2,000 shots, one step of a wheel per frame, beside an empty page that scrolls the same
 * way in the same browser. Where there is no GPU the browser puts its pictures together in software, as here; then the
 * board's frames may last half as long again as the empty page's.
 */
import { parseArgs } from "node:util";
import { chromium, type Page } from "@playwright/test";
import settings from "../../playwright.config.ts";
import { Api } from "../../e2e/support/api.ts";
import { comeIn } from "../../e2e/support/people.ts";
import { startStudio } from "../../e2e/support/studio.ts";
import { conditions } from "../measure/conditions.ts";
import { markdownTable } from "../measure/markdown.ts";

const usage = `usage: npm run bench -- board [options]
  --scenes N    six shots each (334)
  --frames N    how many frames each scroll lasts (300)
  --rounds N    how often each page is scrolled, in turns (3)`;

const goal = 1.5;

interface Scrolled {
  page: "empty" | "board";
  meanMs: number;
  medianMs: number;
  p95Ms: number;
}

export async function runBench(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: {
      scenes: { type: "string", default: "334" },
      frames: { type: "string", default: "300" },
      rounds: { type: "string", default: "3" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return true;
  }
  const [scenes, frames, rounds] = [Number(values.scenes), Number(values.frames), Number(values.rounds)];
  const studio = await startStudio();
  const browser = await chromium.launch(settings.use?.launchOptions ?? {});
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const board = await context.newPage();
    await comeIn(board, studio.url, "Ana Ruiz");
    const { projectId, shots } = await aLongFilm(board, studio.url, scenes);
    const empty = await context.newPage();
    await empty.setContent(
      `<body style="margin:0;background:#1a1a1a"><div data-scroller style="height:900px;overflow:auto"><div style="height:400000px"></div></div>`,
    );
    await board.goto(`${studio.url}/projects/${projectId}?view=board`);
    await board.getByRole("option", { name: "Shot 1A", exact: true }).waitFor();
    await board.waitForTimeout(3000);

    const runs: Scrolled[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await empty.bringToFront();
      runs.push({ page: "empty", ...(await scrolled(empty, "[data-scroller]", frames)) });
      await board.bringToFront();
      runs.push({ page: "board", ...(await scrolled(board, ".board-scroll", frames)) });
    }
    const drawn = await board.locator(".board [data-shot-id]").count();
    const [bare, full] = (["empty", "board"] as const).map((page) => best(runs, page));
    const ratio = (full?.meanMs ?? Number.NaN) / (bare?.meanMs ?? Number.NaN);
    console.log(`${shots} shots, ${drawn} of them drawn; the best of ${rounds} rounds of ${frames} frames counts.\n`);
    console.log(
      markdownTable(
        ["page", "frame, mean ms", "median ms", "p95 ms"],
        runs.map((run) => [run.page, run.meanMs, run.medianMs, run.p95Ms].map(String)),
      ),
    );
    console.log(`\nboard / empty page: ${ratio.toFixed(2)} (goal: at most ${goal})`);
    console.log(JSON.stringify({ bench: "board", shots, drawn, ratio, goal, runs, conditions: conditions() }));
    return runs.length === rounds * 2;
  } finally {
    await browser.close();
    await studio.stop();
  }
}

function best(runs: readonly Scrolled[], page: Scrolled["page"]): Scrolled | undefined {
  return runs.filter((run) => run.page === page).sort((a, b) => a.meanMs - b.meanMs)[0];
}

/** Lengths of frames while a box scrolls 40 px in each. */
async function scrolled(page: Page, box: string, frames: number): Promise<Omit<Scrolled, "page">> {
  // As text: what a build step adds to functions is not there in the page.
  const lengths = await page.evaluate<number[]>(`(async () => {
    const box = document.querySelector(${JSON.stringify(box)});
    box.scrollTop = 0;
    await new Promise((resolve) => setTimeout(resolve, 800));
    const lengths = [];
    await new Promise((resolve) => {
      let last = performance.now();
      requestAnimationFrame(function step(now) {
        lengths.push(now - last);
        last = now;
        box.scrollTop += 40;
        if (lengths.length < ${frames}) requestAnimationFrame(step);
        else resolve();
      });
    });
    return lengths;
  })()`);
  const inOrder = [...lengths].sort((a, b) => a - b);
  const at = (share: number) => Number((inOrder[Math.floor((inOrder.length - 1) * share)] ?? 0).toFixed(1));
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  return { meanMs: Number(mean.toFixed(1)), medianMs: at(0.5), p95Ms: at(0.95) };
}

async function aLongFilm(page: Page, url: string, scenes: number): Promise<{ projectId: string; shots: number }> {
  const answer = await page.request.post(`${url}/v1/tokens`, { data: { name: "bench" }, headers: { origin: url } });
  const api = new Api(url, ((await answer.json()) as { token: string }).token);
  const { workspaces } = await api.get<{ workspaces: { id: string }[] }>("/v1/workspaces");
  const { project } = await api.post<{ project: { id: string } }>("/v1/projects", {
    workspaceId: workspaces[0]?.id,
    title: "A long film",
    screenplay: Array.from({ length: scenes }, (_, index) => sceneText(index)).join("\n"),
  });
  const parsed = await api.post<{ scenes: { shots: unknown[] }[] }>(`/v1/projects/${project.id}/storyboard/parse`);
  await api.post(`/v1/projects/${project.id}/storyboard/commit`, { scenes: parsed.scenes });
  return { projectId: project.id, shots: parsed.scenes.reduce((sum, scene) => sum + scene.shots.length, 0) };
}

const places = ["HARBOUR", "FERRY - LOUNGE", "BRIDGE WING", "CAR DECK", "LIGHTHOUSE ROCK"];
const hours = ["DUSK", "NIGHT", "DAWN", "DAY"];
const sceneText = (
  index: number,
) => `${index % 2 ? "INT" : "EXT"}. ${places[index % 5]} ${index + 1} - ${hours[index % 4]}

Rain on black water, pier ${index}. Sodium lamps.

Noor runs down pier ${index} with a lantern.

NOOR
We are late, I said so at pier ${index}.

BEN
We are always late, and it never mattered once.

Close on: lantern ${index} swings.

Ferry ${index} leaves. Nobody waves.

Wide: harbour ${index}, empty now.
`;
