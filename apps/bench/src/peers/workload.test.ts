import { expect, test } from "vitest";
import { readPack } from "@ioc/city-pack";
import { temporaryFolder } from "@ioc/testkit";
import { truthOf } from "./truth.ts";
import { writeW1Pack } from "./w1-pack.ts";
import { batches, dayMs, makeW1, midnightBefore } from "./workload.ts";

const to = midnightBefore(Date.UTC(2026, 9, 2, 12));

test("W1 is what it says: 2,000 series in time order, a tenth of the times a second late, values of one decimal", () => {
  const w1 = makeW1(1, to);
  expect([w1.series, w1.points, w1.to - w1.from]).toEqual([2000, 720, dayMs]);
  let late = 0;
  for (let point = 0; point < w1.points; point++) if ((w1.time(3, point) - w1.from) % 120_000 !== 0) late += 1;
  expect(late).toBeGreaterThan(40);
  expect(late).toBeLessThan(110);
  const [first = []] = batches(w1, 5000, (series, time, value) => ({ series, time, value }));
  expect(first.length).toBe(5000);
  expect(first.every(({ value }) => Math.abs(value * 10 - Math.round(value * 10)) < 1e-9)).toBe(true);
  expect(first[2000]?.series).toBe(0);
  let points = 0;
  for (const batch of batches(w1, 7000, () => 0)) points += batch.length;
  expect(points).toBe(2000 * 720);
  expect(makeW1(1, to).value(1999, 719)).toBe(w1.value(1999, 719));
});

test("the truth counts every point once", () => {
  const w1 = makeW1(1, to);
  const truth = truthOf(w1);
  const whole = { from: w1.from, to: w1.to };
  expect(truth.raw(7, whole).count).toBe(720);
  expect(truth.profile(7, whole).count).toBe(120);
  expect(truth.latest().count).toBe(2000);
  expect(truth.hourly(whole).count).toBe(2400);
  expect(truth.daily95(whole).count).toBe(1);
});

test("the city of the workload is a pack without a fault", async () => {
  using folder = temporaryFolder();
  writeW1Pack(folder.path);
  expect((await readPack(folder.path)).problems).toEqual([]);
});
