import { expect, test } from "vitest";
import { answerOf, fileOf, inputsOfStep, type StepFile } from "./inputs.ts";
import { JobInput } from "./messages/job-message.ts";

const film: StepFile = { name: "video", role: "video", assetId: "a1", contentType: "video/mp4", meta: { frames: 12 } };
const tail: StepFile = { name: "tail", role: "tail", assetId: "a2", contentType: "image/png", meta: {} };

test("the only file of a step has the step's name and brings its answer along", () => {
  const inputs = inputsOfStep({ jobId: "j1", stepKey: "planning", output: { beats: 3 }, files: [film] });
  expect(inputs).toEqual([
    {
      name: "planning",
      fromJobId: "j1",
      role: "video",
      assetId: "a1",
      contentType: "video/mp4",
      meta: { frames: 12 },
      output: { beats: 3 },
    },
  ]);
  expect(JobInput.parse(inputs[0])).toEqual(inputs[0]);
  expect(fileOf(inputs, "planning")?.assetId).toBe("a1");
  expect(answerOf(inputs, "planning")).toEqual({ beats: 3 });
});

test("several files are told apart by their names, and are found by their role", () => {
  const inputs = inputsOfStep({ jobId: "j1", stepKey: "chunk:1", output: 7, files: [film, tail] });
  expect(inputs.map((input) => input.name)).toEqual(["chunk:1/video", "chunk:1/tail", "chunk:1"]);
  expect(fileOf(inputs, "chunk:1", "tail")?.assetId).toBe("a2");
  expect(fileOf(inputs, "chunk:1")?.assetId).toBe("a1");
  expect(answerOf(inputs, "chunk:1")).toBe(7);
  // Another step whose name only begins alike is another step.
  expect(fileOf(inputsOfStep({ jobId: "j2", stepKey: "chunk:10", output: null, files: [film] }), "chunk:1")).toBe(
    undefined,
  );
});

test("a step that made nothing and said nothing brings nothing; one without a key goes by its job", () => {
  expect(inputsOfStep({ jobId: "j1", stepKey: "env", output: null, files: [] })).toEqual([]);
  expect(inputsOfStep({ jobId: "j1", stepKey: null, output: null, files: [film] })[0]?.name).toBe("j1");
});
