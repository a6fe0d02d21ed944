import { expect, test } from "vitest";
import { goalsOf, mediansOf, verdict } from "./goals.ts";
import type { Measured } from "./run-peer.ts";

function measured(figure: number): Measured {
  const time = { p50: figure, p95: 2 * figure };
  return {
    name: "store",
    perSecond: figure,
    processor: figure,
    processorSettled: figure,
    bytesPerPoint: figure,
    megabytes: figure,
    times: { raw: time, profile: time, latest: time, hourly: time, daily95: time },
    wrong: [],
  };
}
const child = { perSecond: 1, processor: 1, bytesPerPoint: 80, writtenPerPoint: 1000 };

test("ratios are judged by their direction; what was not measured is neither met nor missed", () => {
  const goals = goalsOf({
    ours: measured(10),
    victoria: measured(4),
    influx: undefined,
    postgres: measured(5),
    bare: { perSecond: 40 },
    oursLive: { ...child, writtenPerPoint: 60 },
    rowsLive: child,
    rows: child,
  });
  const of = (id: string, against: string) => goals.filter((one) => one.id === id && one.against.startsWith(against));
  expect(of("G1", "PostgreSQL").map(verdict)).toEqual(["must"]);
  expect(of("G2", "Victoria").map(verdict)).toEqual(["target"]);
  expect(of("G3", "bare").map(verdict)).toEqual(["missed"]);
  expect(of("G4", "SQLite").map(verdict)).toEqual(["target"]);
  expect(of("G5", "SQLite").map(verdict)).toEqual(["must"]);
  expect(of("G6", "Victoria").map(verdict)).toEqual(["must", "must"]);
  expect(of("G7", "Victoria").map(verdict)).toEqual(["missed"]);
  expect(of("G8", "InfluxDB").map(verdict)).toEqual(["not measured"]);
  expect(of("G9", "PostgreSQL").map(verdict)).toEqual(["missed"]);
  expect(goals.map((one) => one.id).filter((id, at, all) => all.indexOf(id) === at)).toEqual(
    Array.from({ length: 9 }, (_, i) => `G${i + 1}`),
  );
});

test("medians figure by figure; a wrong answer of any run stays", () => {
  const middle = mediansOf([measured(1), measured(9), measured(4)]);
  expect(middle).toMatchObject({ perSecond: 4, bytesPerPoint: 4, times: { raw: { p50: 4, p95: 8 } } });
  expect(mediansOf([measured(1), { ...measured(2), wrong: ["x"] }])).toMatchObject({ perSecond: 1.5, wrong: ["x"] });
  expect(mediansOf([])).toBeUndefined();
});
