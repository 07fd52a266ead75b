/** Scripts and boards as files, in and out, over the API. */
import { PDFDocument } from "pdf-lib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestStudio, type TestCaller, type TestStudio } from "../testing/test-studio.ts";

const script = `Title: Low Water
Author: N. Okafor

EXT. PIER - DUSK #1#

Rain on black water. MAYA runs.

MAYA
(calling)
Wait! Één momentje, señor.

INT. FERRY - NIGHT #2#

The lamp is out.
`;

let studio: TestStudio;
let maya: TestCaller;
let projectId: string;

beforeAll(async () => {
  studio = await startTestStudio();
  maya = await studio.comeIn("Maya");
  const { workspaceId } = maya;
  const made = await maya.call("POST", "/v1/projects", { workspaceId, title: "Low: Water/É", screenplay: script });
  projectId = made.body.project.id;
});
afterAll(() => studio.stop());

async function fetchFile(path: string): Promise<{ status: number; bytes: Buffer; headers: Headers }> {
  const response = await fetch(new URL(path, studio.url), { headers: { authorization: `Bearer ${maya.token}` } });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers };
}
const at = (path: string) => `/v1/projects/${projectId}${path}`;
const bring = (bytes: Uint8Array, name: string) =>
  maya.call("POST", `/v1/screenplay/import?name=${encodeURIComponent(name)}`, bytes);

test("the script goes out as Final Draft and PDF, and both come back as the script", async () => {
  for (const format of ["fdx", "pdf", "txt", "fountain"]) {
    const { status, bytes, headers } = await fetchFile(at(`/screenplay?format=${format}`));
    expect([format, status, headers.get("content-disposition")]).toEqual([
      format,
      200,
      `attachment; filename="Low Water E.${format}"; filename*=UTF-8''Low%20Water%20%C3%89.${format}`,
    ]);
    const back = await bring(bytes, `a.${format}`);
    expect([format, back.status]).toEqual([format, 200]);
    expect(back.body).toMatchObject({ scenes: 2, pages: 1, format: format === "txt" ? "text" : format });
    expect(back.body.text).toContain("MAYA\n(calling)\nWait! Één momentje, señor.\n");
    if (format === "fdx" || format === "fountain")
      expect(back.body).toMatchObject({ text: script, title: "Low Water" });
  }
});

test("paper and scene numbers of a PDF can be chosen, nothing else", async () => {
  const { bytes } = await fetchFile(at("/screenplay?format=pdf&paper=a4&sceneNumbers=both"));
  expect(Math.round((await PDFDocument.load(bytes)).getPage(0).getWidth())).toBe(595);
  expect((await fetchFile(at("/screenplay?format=pdf&paper=a5"))).status).toBe(400);
  expect((await fetchFile(at("/screenplay?format=docx"))).status).toBe(400);
});

test("what is no script is refused with a sentence that says what to do", async () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);
  const cases: [Uint8Array, string, number, string][] = [
    [png, "a.fountain", 415, "screenplay/not-text"],
    [Buffer.from("<?xml version='1.0'?><FinalDraft><Content>"), "a.fdx", 400, "screenplay/broken-file"],
    [Buffer.from("%PDF-1.4 cut off"), "a.pdf", 400, "screenplay/broken-file"],
    [new Uint8Array(), "a.txt", 400, "screenplay/empty"],
    [Buffer.alloc(3_000_000, "x"), "a.txt", 413, "screenplay/too-large"],
    [Buffer.alloc(20_000_001, "x"), "a.txt", 413, "request/too-large"],
  ];
  for (const [bytes, name, status, code] of cases) {
    const answer = await bring(bytes, name);
    expect([name, answer.status, answer.body.error?.code]).toEqual([name, status, code]);
    expect(answer.body.error.message.length).toBeGreaterThan(15);
  }
});

test("the board goes out as a shot list and as a storyboard, once there are shots", async () => {
  expect((await fetchFile(at("/storyboard?format=csv"))).status).toBe(409);
  const { scenes } = (await maya.call("POST", at("/storyboard/parse"), {})).body;
  const { film } = (await maya.call("POST", at("/storyboard/commit"), { scenes })).body;
  const list = await fetchFile(at("/storyboard?format=csv&columns=scene,shot,dialogue"));
  const lines = list.bytes.toString("utf8").split("\r\n");
  expect(lines[0]).toBe("Scene,Shot,Dialogue");
  expect(lines).toHaveLength(film.shots.length + 2);
  expect(list.bytes.toString("utf8")).toContain("MAYA: (calling) Wait! Één momentje, señor.");
  expect((await fetchFile(at("/storyboard?mark=true"))).bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  const second = await fetchFile(at(`/storyboard?columns=scene&sceneIds=${film.scenes[1].id}`));
  expect(new Set(second.bytes.toString("utf8").trim().split("\r\n"))).toEqual(new Set(["Scene", "2"]));
  expect((await fetchFile(at("/storyboard?columns=scene,secret"))).status).toBe(400);

  const board = await fetchFile(at("/storyboard?format=pdf"));
  expect(board.headers.get("content-type")).toBe("application/pdf");
  expect((await PDFDocument.load(board.bytes)).getPageCount()).toBe(Math.ceil(film.shots.length / 6));
});

test("an export of a document says where it is, without a job", async () => {
  for (const format of ["pdf", "fdx", "fountain", "csv", "storyboard"]) {
    const { status, body } = await maya.call("POST", at("/exports"), { format });
    expect([format, status]).toEqual([format, 200]);
    const file = await fetchFile(body.file.url);
    expect([format, file.status]).toEqual([format, 200]);
    expect(file.headers.get("content-type")).toContain(body.file.contentType);
  }
});
