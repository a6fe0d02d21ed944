import { expect, test } from "vitest";
import { PastReadings } from "./past-readings.ts";

const hour = 3_600_000;
const minute = 60_000;

/** A store with one value every minute, which counts how often it is asked. */
function store() {
  const asked: number[] = [];
  const read = (span: { from: number; to: number }) => {
    asked.push(span.from / hour);
    const times = Array.from({ length: (span.to - span.from) / minute }, (_, i) => span.from + (i + 1) * minute);
    return Promise.resolve(new Map([["a:rain", times.map((time) => ({ time, value: time / minute }))]]));
  };
  return { asked, read };
}
const slot = (at: number) => ({ from: at, to: at + 5 * minute });
const change = (phenomenonTime: number) => ({
  sequence: 1,
  observations: [
    { datastream: "a:rain", phenomenonTime, resultTime: phenomenonTime, result: 1, quality: 1 as const, reasons: [] },
  ],
});

test("an hour is read once for all of its slots; the last one ends with it", async () => {
  const [{ asked, read }, past] = [store(), new PastReadings()];
  for (let at = 5 * hour; at < 6 * hour; at += 5 * minute) {
    const readings = (await past.within(slot(at), ["a:rain"], read)).get("a:rain");
    expect([readings?.[0]?.time, readings?.at(-1)?.time]).toEqual([5 * hour + minute, 6 * hour]);
  }
  await past.within(slot(6 * hour), ["a:rain"], read);
  await past.within(slot(6 * hour), ["a:rain", "b:rain"], read);
  expect(asked).toEqual([5, 6, 6]);
});

test("an hour in which something comes or goes is read again, others are not", async () => {
  const [{ asked, read }, past] = [store(), new PastReadings()];
  const both = async () => {
    await past.within(slot(5 * hour), ["a:rain"], read);
    await past.within(slot(6 * hour), ["a:rain"], read);
  };
  await both();
  past.observe(change(6 * hour));
  await both();
  past.observe({ ...change(9 * hour), removed: [{ datastream: "a:rain", from: 6 * hour, to: 7 * hour }] });
  await both();
  expect(asked).toEqual([5, 6, 5, 6]);
});

test("what fails is asked again, and a long question does not pile up", async () => {
  const [{ asked, read }, past] = [store(), new PastReadings()];
  await expect(past.within(slot(hour), ["a:rain"], () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  for (let at = 1; at <= 200; at++) await past.within(slot(at * hour), ["a:rain"], read);
  expect(asked).toHaveLength(200);
  await past.within(slot(200 * hour), ["a:rain"], read);
  await past.within(slot(hour), ["a:rain"], read);
  expect(asked).toHaveLength(201);
});

test("a span over the end of an hour does not fit", () => {
  expect(PastReadings.fits(slot(5 * hour + 55 * minute))).toBe(true);
  expect(PastReadings.fits(slot(5 * hour + 58 * minute))).toBe(false);
});
