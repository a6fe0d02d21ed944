import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { QualityFlag } from "@ioc/contracts";
import { temporaryFolder } from "@ioc/testkit";
import { observation, specOf, T0 } from "../test-store.ts";
import type { QualifiedObservation } from "../port.ts";
import { openObservations } from "./index.ts";

const SEED = Number(process.env["IOC_TEST_SEED"] ?? 20_261_001);
const STREAMS = [
  specOf("a:x", { periodSeconds: 60 }),
  specOf("b:x", { periodSeconds: 600 }),
  specOf("c:x", { periodSeconds: 3600 }),
];
const WIDTHS = { "15min": 900_000, "1h": 3_600_000 } as const;

/** Readings on a half-minute grid over six hours, so that edges, repeats and corrections are frequent. */
const reading = fc.record({
  stream: fc.integer({ min: 0, max: STREAMS.length - 1 }),
  step: fc.integer({ min: 0, max: 720 }),
  value: fc.oneof(
    fc.constant(null),
    fc.integer({ min: -500, max: 500 }).map((n) => n / 10),
  ),
  quality: fc.constantFrom<QualityFlag>(1, 1, 1, 1, 2, 3, 4, 9),
});
const arrivals = fc.array(fc.array(reading, { minLength: 1, maxLength: 120 }), { minLength: 1, maxLength: 25 });

/** What must be stored: the last value of each key, a value sent again leaving the first as it was. */
function naiveRows(calls: readonly QualifiedObservation[][]): QualifiedObservation[] {
  const rows = new Map<string, QualifiedObservation>();
  for (const o of calls.flat()) {
    const key = `${o.datastream} ${o.phenomenonTime}`;
    if (!rows.has(key) || rows.get(key)?.result !== o.result) rows.set(key, o);
  }
  return [...rows.values()].sort(
    (a, b) => a.datastream.localeCompare(b.datastream) || a.phenomenonTime - b.phenomenonTime,
  );
}

function naiveRollups(rows: readonly QualifiedObservation[], width: number) {
  const answer = {
    datastream: [] as string[],
    time: [] as number[],
    count: [] as number[],
    sum: [] as number[],
    min: [] as number[],
    max: [] as number[],
    last: [] as number[],
  };
  const endOf = (o: QualifiedObservation) => Math.ceil(o.phenomenonTime / width) * width;
  const valid = rows.filter((o) => o.quality <= 2 && o.result !== null);
  for (const group of Object.values(Object.groupBy(valid, (o) => `${o.datastream} ${endOf(o)}`))) {
    const values = group!.map((o) => o.result!);
    answer.datastream.push(group![0]!.datastream);
    answer.time.push(endOf(group![0]!));
    answer.count.push(values.length);
    answer.sum.push(values.reduce((sum, value) => sum + value));
    answer.min.push(Math.min(...values));
    answer.max.push(Math.max(...values));
    answer.last.push(values.at(-1)!);
  }
  return answer;
}

test("late, shuffled, repeated and corrected readings end as a plain computation over all of them", async () => {
  console.info(`seed ${SEED} (IOC_TEST_SEED)`);
  using folder = temporaryFolder();
  let run = 0;
  const property = fc.asyncProperty(arrivals, fc.boolean(), async (plan, together) => {
    const store = await openObservations({ file: join(folder.path, `${run++}.db`) });
    try {
      await store.writer.register(STREAMS);
      const calls = plan.map((call) =>
        call.map((r) => observation(STREAMS[r.stream]!.id, T0 + r.step * 30_000, r.value, r.quality)),
      );
      if (together) await Promise.all(calls.map((call) => store.writer.record(call)));
      else for (const call of calls) await store.writer.record(call);
      const expected = naiveRows(calls);
      const query = { datastreams: STREAMS.map((s) => s.id), from: T0 - 1, to: T0 + 86_400_000 };
      expect(await store.reader.raw({ ...query, validOnly: false })).toEqual({
        datastream: expected.map((o) => o.datastream),
        time: expected.map((o) => o.phenomenonTime),
        result: expected.map((o) => o.result),
        quality: expected.map((o) => o.quality),
      });
      for (const width of ["15min", "1h"] as const) {
        expect(await store.reader.rollups({ ...query, width })).toEqual(naiveRollups(expected, WIDTHS[width]));
      }
      expect((await store.reader.counts()).observations).toBe(expected.length);
      const newest = STREAMS.map(({ id }) => expected.findLast((o) => o.datastream === id)).filter(
        (o) => o !== undefined,
      );
      const latest = await store.reader.latest(STREAMS.map((s) => s.id));
      expect(latest.map((v) => [v.datastream, v.result])).toEqual(newest.map((o) => [o.datastream, o.result]));
    } finally {
      await store.close();
    }
  });
  await fc.assert(property, { seed: SEED, numRuns: 12 });
});
