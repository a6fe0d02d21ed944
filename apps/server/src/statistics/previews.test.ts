import { expect, test } from "vitest";
import type { Frame, StatisticDefinition } from "@ioc/contracts";
import { createPreviews } from "./previews.ts";

const text = { vi: "x", en: "x" };
const definition = {
  id: "mine",
  domain: "flood",
  name: text,
  question: text,
  measures: text,
  input: [{ kind: "tide", properties: ["level"] }],
  pipeline: [{ op: "readings" }],
  unit: "m",
  decimals: 1,
  window: "PT1H",
  groups: ["city"],
  rollUp: "max",
  refreshSeconds: 60,
  audience: ["operator"],
  chart: "line",
  method: text,
  source: text,
};

/** An engine whose calculations end when the test says so. */
function slowEngine() {
  const ends: ((frame: Frame) => void)[] = [];
  const engine = {
    preview: (asked: StatisticDefinition) =>
      new Promise<Frame>((resolve) => ends.push(() => resolve({ statistic: asked.id } as Frame))),
  };
  return { engine, ends };
}

test("two previews are calculated at a time; a third is told to wait, and the next may when one is done", async () => {
  const { engine, ends } = slowEngine();
  const previews = createPreviews({ engine, check: () => [] });
  const two = [previews.preview(definition, {}, 0), previews.preview(definition, {}, 0)];
  await expect(previews.preview(definition, {}, 0)).rejects.toMatchObject({
    status: 429,
    headers: { "Retry-After": "5" },
  });
  // What is found without calculating is told all the same.
  expect((await previews.preview({}, {}, 0)).problems.length).toBeGreaterThan(5);
  ends[0]?.({} as Frame);
  expect(await two[0]).toMatchObject({ problems: [], frame: { statistic: "mine" } });
  const next = previews.preview(definition, {}, 0);
  ends[1]?.({} as Frame);
  ends[2]?.({} as Frame);
  expect((await Promise.all([two[1], next])).map((one) => one?.frame?.statistic)).toEqual(["mine", "mine"]);
});

test("nobody waits long for a calculation, but it counts until it is done", async () => {
  const { engine, ends } = slowEngine();
  const previews = createPreviews({ engine, check: () => [], patienceMs: 20 });
  const late = await Promise.all([1, 2].map(() => previews.preview(definition, {}, 0)));
  for (const { problems, frame } of late) {
    expect(problems).toEqual([expect.stringMatching(/^window: the calculation took longer than 0\.02 s/)]);
    expect(frame).toBeNull();
  }
  await expect(previews.preview(definition, {}, 0)).rejects.toMatchObject({ status: 429 });
  for (const end of ends) end({} as Frame);
  await new Promise((done) => setImmediate(done));
  const again = previews.preview(definition, {}, 0);
  ends[2]?.({} as Frame);
  expect((await again).problems).toEqual([]);
});

test("a calculation that fails makes room for the next", async () => {
  const engine = { preview: () => Promise.reject(new Error("no such view")) };
  const previews = createPreviews({ engine, check: () => [] });
  for (let i = 0; i < 3; i++) await expect(previews.preview(definition, {}, 0)).rejects.toThrow("no such view");
});

test("what the check finds is told, and nothing is calculated", async () => {
  const { engine, ends } = slowEngine();
  const previews = createPreviews({ engine, check: () => ["pipeline[0]: odd"] });
  expect(await previews.preview(definition, {}, 0)).toEqual({ problems: ["pipeline[0]: odd"], frame: null });
  expect(ends).toEqual([]);
});
