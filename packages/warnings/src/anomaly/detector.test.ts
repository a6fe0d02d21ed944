import { seededRandom } from "@ioc/testkit";
import { describe, expect, test } from "vitest";
import { anomalyAlarm, createAnomalyDetector } from "./detector.ts";
import type { AnomalyDetector, AnomalyState } from "./detector.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2025, 4, 5);
const perDay = 288;

interface Reading {
  time: number;
  value: number | null;
}

/** Normal deviates (Box & Muller 1958) from a seed. */
function gaussian(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Every five minutes `shape(share of the day, index)` with normal noise. */
function series(days: number, noise: number, shape: (phase: number, i: number) => number, seed = 1): Reading[] {
  const next = gaussian(seed);
  return Array.from({ length: days * perDay }, (_, i) => ({
    time: start + i * 5 * minute,
    value: shape((i % perDay) / perDay, i) + noise * next(),
  }));
}

const wave = (phase: number) => 50 + 10 * Math.sin(2 * Math.PI * phase);

function run(readings: readonly Reading[], detector: AnomalyDetector = createAnomalyDetector()): number[] {
  return readings.map(({ time, value }) => detector.push(time, value));
}

/** Indices of the alarms from `from` to before `to`. */
function alarms(scores: readonly number[], from = 0, to = scores.length): number[] {
  return scores.flatMap((score, i) => (i >= from && i < to && score >= anomalyAlarm ? [i] : []));
}

/** Alarms of ten usual days and of the eleventh, in which `change` acts on the values. */
function eleventhDay(change: (value: number, i: number) => number): { before: number[]; after: number[] } {
  const readings = series(11, 1, wave).map(({ time, value }, i) => ({
    time,
    value: i < 10 * perDay ? value : change(value ?? 0, i - 10 * perDay),
  }));
  const scores = run(readings);
  return { before: alarms(scores, perDay, 10 * perDay), after: alarms(scores, 10 * perDay) };
}

describe("fires at", () => {
  test("a spike, at once and only once, though its value is usual at another time of the day", () => {
    // At midnight the wave is at 50; at 06:00 it is at 60.
    const { after } = eleventhDay((value, i) => (i === 0 ? value + 10 : value));
    expect(after[0]).toBe(10 * perDay);
    expect(after.length).toBeLessThanOrEqual(2);
  });

  test("a level shift, within six readings", () => {
    const { after } = eleventhDay((value) => value + 8);
    expect(after[0]).toBeLessThan(10 * perDay + 6);
  });

  test("a wave of twice the height, within six hours", () => {
    const { after } = eleventhDay((value) => 50 + 2 * (value - 50));
    expect(after[0]).toBeLessThan(10 * perDay + 72);
  });

  test("a wave that is gone, within six hours", () => {
    const { after } = eleventhDay((value, i) => 50 + value - wave(i / perDay));
    expect(after[0]).toBeLessThan(10 * perDay + 72);
  });

  test("noise of four times the height, within two hours", () => {
    const { after } = eleventhDay((value, i) => wave(i / perDay) + 4 * (value - wave(i / perDay)));
    expect(after[0]).toBeLessThan(10 * perDay + 24);
  });

  test("a value frozen on a wave, within the fifteenth repeat, and not before the fifth", () => {
    const { after } = eleventhDay(() => 50);
    expect(after[0]).toBeLessThanOrEqual(10 * perDay + 15);
    expect(after[0]).toBeGreaterThan(10 * perDay + 4);
  });

  test("the twelfth repeat in noise, though the value is the most usual of all", () => {
    const scores = run(
      series(11, 1, () => 0).map(({ time, value }, i) => ({ time, value: i < 10 * perDay ? value : 0 })),
    );
    expect(alarms(scores, 10 * perDay)[0]).toBe(10 * perDay + 12);
  });

  test("the first change of a series that never changed", () => {
    const scores = run(series(3, 0, (_, i) => (i < 2 * perDay ? 7.3 : 7.4)));
    expect(alarms(scores)[0]).toBe(2 * perDay);
  });
});

describe("is silent about", () => {
  test("a second spike soon after the first, not about one half a day later", () => {
    const spikes = [0, 60, 144];
    const { after } = eleventhDay((value, i) => (spikes.includes(i) ? value + 30 : value));
    expect(after).toEqual([10 * perDay, 10 * perDay + 144]);
  });

  test("a constant series", () => {
    const scores = run(series(14, 0, () => 20.1));
    expect(alarms(scores)).toEqual([]);
    expect(Math.max(...scores)).toBeLessThan(0.3);
  });

  test("a wave without noise, once its day is known", () => {
    expect(alarms(run(series(14, 0, wave)), 4 * perDay)).toEqual([]);
  });

  test("noise, nearly: less than one alarm in three and a half days, and in nine days where there is a season", () => {
    const total = (shape: (phase: number) => number) =>
      [1, 2, 3, 4, 5].map((seed) => alarms(run(series(28, 1, shape, seed))).length).reduce((sum, count) => sum + count);
    // 140 days each.
    expect(total(() => 0)).toBeLessThanOrEqual(40);
    expect(total(wave)).toBeLessThanOrEqual(15);
  });

  test("periods without a reading: they score 0, and what was learned stays", () => {
    const known = createAnomalyDetector();
    run(series(10, 1, wave), known);
    const before = known.state();
    const nothing = Array.from({ length: 72 }, (_, i) => known.push(start + 10 * day + i * 5 * minute, null));
    expect(nothing).toEqual(nothing.map(() => 0));
    expect(known.state()).toEqual(before);
  });

  test("what comes after a gap of hours, unless it is anomalous", () => {
    const usual = series(11, 1, wave);
    const gap = (i: number) => i >= 10 * perDay && i < 10 * perDay + 72;
    const after = usual.filter((_, i) => !gap(i));
    expect(alarms(run(after), 10 * perDay, 10 * perDay + 72)).toEqual([]);
    const shifted = after.map(({ time, value }, i) => ({ time, value: i < 10 * perDay ? value : (value ?? 0) + 15 }));
    expect(alarms(run(shifted), 10 * perDay)[0]).toBe(10 * perDay);
  });
});

describe("a detector", () => {
  const readings = series(8, 1, wave, 7);

  test("asks more of a series that has alarmed: after five alarms half as much again", () => {
    const quiet = createAnomalyDetector();
    run(readings, quiet);
    const [fresh, tired] = [0, 5].map((fatigue) => createAnomalyDetector({ ...quiet.state(), fatigue, quiet: 0 }));
    // A score s is S / (S + needed): what was needed is S (1 - s) / s.
    const odds = [fresh, tired].map((detector) => {
      const score = detector!.push(readings.at(-1)!.time + 5 * minute, 55);
      return (1 - score) / score;
    });
    expect(odds[1]! / odds[0]!).toBeCloseTo(1 + 0.1 * 5 * (1 - 1 / 3000), 9);
  });

  test("gives the same readings the same scores, all of them from 0 to 1", () => {
    const scores = run(readings);
    expect(run(readings)).toEqual(scores);
    expect(Math.min(...scores)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...scores)).toBeLessThanOrEqual(1);
    expect(new Set(scores).size).toBeGreaterThan(1000);
  });

  test("changes nothing for a reading that is not newer than the last", () => {
    const twice = createAnomalyDetector();
    const scores = readings.map(({ time, value }) => {
      const score = twice.push(time, value);
      expect(twice.push(time, 1e6)).toBe(score);
      expect(twice.push(time - hour, -1e6)).toBe(score);
      return score;
    });
    expect(scores).toEqual(run(readings));
  });

  test("goes on from a saved state as if nothing had happened", () => {
    const whole = run(readings);
    for (const half of [1, 30, 900, 4 * perDay]) {
      const first = createAnomalyDetector();
      const before = run(readings.slice(0, half), first);
      const saved = JSON.parse(JSON.stringify(first.state())) as AnomalyState;
      const second = createAnomalyDetector(saved);
      expect([...before, ...run(readings.slice(half), second)]).toEqual(whole);
      // What was saved is a copy: going on has not changed it.
      expect(saved).toEqual(first.state());
    }
  });

  test("keeps no more after a year than after two months", () => {
    const sizeAfter = (days: number) => {
      const detector = createAnomalyDetector();
      run(
        series(days, 1, wave).filter((_, i) => i % 3 === 0),
        detector,
      );
      return JSON.stringify(detector.state()).length;
    };
    expect(sizeAfter(365)).toBeLessThan(1.25 * sizeAfter(60));
  });

  test("learns hourly and irregular readings alike", () => {
    const random = seededRandom(3);
    const next = gaussian(4);
    let time = start;
    const irregular = Array.from({ length: 1200 }, () => {
      time += hour * (0.7 + 0.6 * random());
      return { time, value: wave((time % day) / day) + next() };
    });
    const last = irregular.at(-1)!;
    const detector = createAnomalyDetector();
    expect(alarms(run(irregular, detector), 120).length).toBeLessThanOrEqual(4);
    expect(detector.push(last.time + hour, 95)).toBeGreaterThanOrEqual(anomalyAlarm);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e101, -1e200])(
    "refuses %d with the time of it, and is as it was",
    (value) => {
      const detector = createAnomalyDetector();
      detector.push(start, 1);
      const before = detector.state();
      expect(() => detector.push(start + minute, value)).toThrow(
        `value ${value} at 2025-05-05T00:01:00.000Z is not a number within ±1e100`,
      );
      expect(detector.state()).toEqual(before);
    },
  );

  test("refuses a time that is none, and takes large values as they are", () => {
    const detector = createAnomalyDetector();
    expect(() => detector.push(Number.NaN, 1)).toThrow(RangeError);
    const scores = run(
      series(4, 1e90, () => 1e99),
      detector,
    );
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
  });
});
