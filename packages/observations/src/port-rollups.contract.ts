import { expect, test } from "vitest";
import { A, filled, RAIN } from "./contract-store.ts";
import type { StoreOpener } from "./contract-store.ts";
import { DAY, HOUR, MINUTE, observation, specOf, T0 } from "./test-store.ts";

/** Rollups and histories. */
export function rollupsContract(open: StoreOpener): void {
  rollingUp(open);
  histories(open);
}

function rollingUp(open: StoreOpener): void {
  test("a reading at exactly 01:00 belongs to the bucket labelled 01:00", async () => {
    await using store = await filled(open);
    const one = T0 + HOUR;
    await store.writer.record([observation(A, T0, 1), observation(A, T0 + 1, 2), observation(A, one, 4)]);
    await store.writer.record([observation(A, one + 1, 8)]);
    const hours = await store.reader.rollups({ datastreams: [A], from: T0 - HOUR, to: T0 + 2 * HOUR, width: "1h" });
    expect(hours.time).toEqual([T0, one, one + HOUR]);
    expect(hours.sum).toEqual([1, 6, 8]);
    expect(hours.last).toEqual([1, 4, 8]);
    const inside = await store.reader.rollups({ datastreams: [A], from: T0, to: one, width: "15min" });
    expect(inside).toMatchObject({ time: [T0 + 15 * MINUTE, one], sum: [2, 4] });
  });

  test("doubtful, bad and missing readings stay out, also when a correction makes them so", async () => {
    await using store = await filled(open);
    const time = (i: number) => T0 + i * MINUTE;
    await store.writer.record([
      observation(A, time(1), 10),
      observation(A, time(2), 1000, 3),
      observation(A, time(3), -999, 4),
      observation(A, time(4), null, 9),
      observation(A, time(5), 12, 2),
    ]);
    const query = { datastreams: [A], from: T0, to: T0 + HOUR, width: "1h" } as const;
    expect(await store.reader.rollups(query)).toMatchObject({
      count: [2],
      sum: [22],
      min: [10],
      max: [12],
      last: [12],
    });
    await store.writer.record([observation(A, time(5), 500, 4)]);
    expect(await store.reader.rollups(query)).toMatchObject({ count: [1], sum: [10], last: [10] });
    await store.writer.record([observation(A, time(1), null, 9)]);
    expect(await store.reader.rollups(query)).toMatchObject({ datastream: [], count: [] });
  });

  test("slow datastreams answer rollups like fast ones", async () => {
    await using store = await open();
    const periods = [60, 300, 600, 3600, 7200];
    const specs = periods.map((periodSeconds) => specOf(`s${periodSeconds}:level`, { periodSeconds }));
    await store.writer.register(specs);
    const times = [5, 20, 60, 61, 300].map((m) => T0 + m * MINUTE);
    await store.writer.record(specs.flatMap(({ id }) => times.map((t, i) => observation(id, t, i + 1))));
    for (const width of ["15min", "1h"] as const) {
      const answers = specs.map(async ({ id }) => {
        const rows = await store.reader.rollups({ datastreams: [id], from: T0, to: T0 + DAY, width });
        return { ...rows, datastream: rows.datastream.length };
      });
      const [first, ...others] = await Promise.all(answers);
      expect(first?.sum).toEqual(width === "1h" ? [6, 4, 5] : [1, 2, 3, 4, 5]);
      for (const other of others) expect(other).toEqual(first);
    }
  });

  test("a new period changes nothing that is answered", async () => {
    await using store = await open();
    const query = { datastreams: [A], from: T0 - HOUR, to: T0 + HOUR, width: "15min" } as const;
    await store.writer.register([specOf(A, { periodSeconds: 3600 })]);
    await store.writer.record([observation(A, T0, 1), observation(A, T0 + MINUTE, 2)]);
    const before = await store.reader.rollups(query);
    for (const periodSeconds of [60, 600, 7200, 300]) {
      await store.writer.register([specOf(A, { periodSeconds })]);
      expect(await store.reader.rollups(query)).toEqual(before);
    }
    await store.writer.record([observation(A, T0 + 2 * MINUTE, 3)]);
    expect((await store.reader.rollups(query)).sum).toEqual([1, 5]);
  });
}

function histories(open: StoreOpener): void {
  const day = { datastream: A, from: T0, to: T0 + DAY };
  const everyFive = (id: string, days = 1) =>
    Array.from({ length: days * 288 }, (_, i) => observation(id, T0 + (i + 1) * 5 * MINUTE, (i + 1) % 12));

  test("auto takes the finest resolution that keeps to the points", async () => {
    await using store = await filled(open);
    await store.writer.record(everyFive(A));
    const of = async (points: number) => {
      const { resolution, time } = await store.reader.history({ ...day, resolution: "auto", points });
      return [resolution, time.length];
    };
    expect(await of(288)).toEqual(["raw", 288]);
    expect(await of(287)).toEqual(["15min", 96]);
    expect(await of(96)).toEqual(["15min", 96]);
    expect(await of(95)).toEqual(["1h", 24]);
    expect(await of(23)).toEqual(["1d", 1]);
    const raw = await store.reader.history({ ...day, resolution: "raw", points: 2 });
    expect(raw).toMatchObject({ unit: "Cel", periodSeconds: 300, resolution: "raw" });
    expect(raw.time).toHaveLength(288);
    expect(raw.quality).toHaveLength(288);
  });

  test("a bucket holds the mean, of a total the sum; labelled by its end", async () => {
    await using store = await filled(open);
    await store.writer.record([...everyFive(A), ...everyFive(RAIN)]);
    const ask = { from: T0, to: T0 + HOUR, resolution: "1h", points: 10 } as const;
    const mean = await store.reader.history({ ...ask, datastream: A });
    expect(mean).toMatchObject({ time: [T0 + HOUR], value: [5.5], min: [0], max: [11], count: [12] });
    expect((await store.reader.history({ ...ask, datastream: RAIN })).value).toEqual([66]);
  });

  test("days are days of the city: they end at 17:00 UTC", async () => {
    await using store = await filled(open);
    const end = T0 + 17 * HOUR;
    await store.writer.record([observation(A, end, 1), observation(A, end + 1, 3), observation(A, end + DAY, 5)]);
    const days = await store.reader.history({ ...day, to: T0 + 3 * DAY, resolution: "1d", points: 10 });
    expect(days).toMatchObject({ time: [end, end + DAY], value: [1, 4], count: [1, 2] });
    const slow = specOf("slow:level", { periodSeconds: 7200 });
    await store.writer.register([slow]);
    await store.writer.record([observation(slow.id, end, 1), observation(slow.id, end + 1, 3)]);
    const asked = { ...day, datastream: slow.id, to: T0 + 3 * DAY, resolution: "1d", points: 10 } as const;
    expect(await store.reader.history(asked)).toMatchObject({ time: [end, end + DAY], value: [1, 3] });
  });

  test("gaps stay gaps and a reading without a result stays one", async () => {
    await using store = await filled(open);
    await store.writer.record([
      observation(A, T0 + 1, 1),
      observation(A, T0 + 2, null, 9),
      observation(A, T0 + 9 * HOUR, 2),
    ]);
    const raw = await store.reader.history({ ...day, resolution: "auto", points: 100 });
    expect(raw).toMatchObject({ value: [1, null, 2], quality: [1, 9, 1] });
    const hours = await store.reader.history({ ...day, resolution: "1h", points: 100 });
    expect(hours.time).toEqual([T0 + HOUR, T0 + 9 * HOUR]);
  });

  test("auto never answers more points than asked, and keeps the extremes of the days", async () => {
    await using store = await filled(open);
    const daily = Array.from({ length: 100 }, (_, i) =>
      observation(A, T0 + i * DAY, i === 37 ? 99 : i === 73 ? -99 : i % 7),
    );
    await store.writer.record(daily);
    const asked = { datastream: A, from: T0 - DAY, to: T0 + 200 * DAY, resolution: "auto", points: 20 } as const;
    const { resolution, time, max, min } = await store.reader.history(asked);
    expect(resolution).toBe("1d");
    expect(time.length).toBeLessThanOrEqual(20);
    expect(time).toEqual(time.toSorted((a, b) => a - b));
    expect(Math.max(...(max as number[]))).toBe(99);
    expect(Math.min(...(min as number[]))).toBe(-99);
  });

  test("an unknown datastream is an error, not an empty history", async () => {
    await using store = await filled(open);
    const asked = { ...day, datastream: "nobody:temp", resolution: "auto", points: 10 } as const;
    await expect(store.reader.history(asked)).rejects.toThrow("nobody:temp is not registered");
  });
}
