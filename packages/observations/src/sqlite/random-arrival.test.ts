import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { QualityFlag } from "@ioc/contracts";
import { temporaryFolder } from "@ioc/testkit";
import { bucketEnd, DAY_MS, ROLLUP_WIDTHS } from "../buckets.ts";
import type { RollupWidth } from "../buckets.ts";
import { DAY, observation, specOf, T0 } from "../test-store.ts";
import { openObservations } from "./index.ts";
import type { Observations } from "./index.ts";

const SEED = Number(process.env["IOC_TEST_SEED"] ?? 20_261_001);
const RUNS = Number(process.env["IOC_TEST_RUNS"] ?? 12);
const OFFSET = 7 * 3_600_000;
const STREAMS = [
  specOf("a:x", { periodSeconds: 60 }),
  specOf("b:x", { periodSeconds: 600 }),
  specOf("c:x", { periodSeconds: 3600 }),
];
const WIDTHS = Object.keys(ROLLUP_WIDTHS) as RollupWidth[];

/** Readings on a half-minute grid over three days, dense in one quarter of them, so that edges, repeats and corrections are frequent. */
const reading = fc.record({
  stream: fc.integer({ min: 0, max: STREAMS.length - 1 }),
  step: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 720 }) }, fc.integer({ min: 0, max: 8640 })),
  value: fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 6, arbitrary: fc.integer({ min: -500, max: 500 }).map((n) => n / 10) },
  ),
  quality: fc.constantFrom<QualityFlag>(1, 1, 1, 1, 2, 3, 4, 9),
});
const record = fc
  .array(reading, { minLength: 1, maxLength: 120 })
  .map((readings) => ({ kind: "record" as const, readings }));
const history = fc
  .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 8000 }), fc.integer({ min: 60, max: 400 }))
  .map(([stream, first, count]) => ({
    kind: "record" as const,
    readings: Array.from({ length: count }, (_, i) => ({
      stream,
      step: first + i,
      value: (i * 7) % 50,
      quality: 1 as QualityFlag,
    })),
  }));
const removal = fc
  .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 100 }))
  .map(([stream, first, length]) => ({ kind: "remove" as const, stream, first, last: first + length }));
const step = fc.oneof(
  { weight: 8, arbitrary: record },
  { weight: 2, arbitrary: history },
  { weight: 2, arbitrary: removal },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 5 }).map((days) => ({ kind: "maintain" as const, days })) },
  { weight: 1, arbitrary: fc.constant({ kind: "reopen" as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const plans = fc.array(step, { minLength: 1, maxLength: 30 });
/** With a small limit the tails are written into blocks before almost every commit. */
const limits = fc.constantFrom(1, 60, 300, 1_000_000);

interface Row {
  datastream: string;
  time: number;
  result: number | null;
  quality: QualityFlag;
  removed: boolean;
}

/** The last value of each key; a value sent again leaves the first as it was, also when it was removed. */
class NaiveStore {
  readonly #rows = new Map<string, Row>();

  record(datastream: string, time: number, result: number | null, quality: QualityFlag): string {
    const key = `${datastream} ${time}`;
    const known = this.#rows.get(key);
    if (known?.result === result) return "duplicate";
    this.#rows.set(key, { datastream, time, result, quality, removed: false });
    return known ? "corrected" : "stored";
  }

  remove(datastream: string, from: number, to: number): number {
    let removed = 0;
    for (const row of this.rows()) {
      if (row.datastream !== datastream || row.time <= from || row.time > to) continue;
      row.removed = true;
      removed++;
    }
    return removed;
  }

  rows(): Row[] {
    return [...this.#rows.values()]
      .filter((row) => !row.removed)
      .sort((a, b) => a.datastream.localeCompare(b.datastream) || a.time - b.time);
  }

  rollups(width: RollupWidth) {
    const endOf = (row: Row) => bucketEnd(row.time, ROLLUP_WIDTHS[width], width === "1d" ? OFFSET : 0);
    const valid = this.rows().filter((row) => row.quality <= 2 && row.result !== null);
    const groups = [...Map.groupBy(valid, (row) => `${row.datastream} ${endOf(row)}`).values()];
    const values = groups.map((group) => group.map((row) => row.result!));
    return {
      datastream: groups.map((group) => group[0]!.datastream),
      time: groups.map((group) => endOf(group[0]!)),
      count: values.map((own) => own.length),
      sum: values.map((own) => own.reduce((sum, value) => sum + value)),
      min: values.map((own) => Math.min(...own)),
      max: values.map((own) => Math.max(...own)),
      last: values.map((own) => own.at(-1)!),
    };
  }
}

const timeOf = (step: number) => T0 + step * 30_000;

/** Does one step in both; returns the store, which may have been opened again. */
async function take(one: Step, store: Observations, naive: NaiveStore, reopen: () => Promise<Observations>) {
  if (one.kind === "reopen") {
    await store.close();
    return reopen();
  }
  if (one.kind === "maintain") {
    while (await store.maintain(T0 + one.days * DAY, 15));
    return store;
  }
  if (one.kind === "remove") {
    const span = { datastream: STREAMS[one.stream]!.id, from: timeOf(one.first), to: timeOf(one.last) };
    const { removed } = await store.writer.remove([span], "test", "random");
    expect(removed).toBe(naive.remove(span.datastream, span.from, span.to));
    return store;
  }
  const given = one.readings.map((r) => observation(STREAMS[r.stream]!.id, timeOf(r.step), r.value, r.quality));
  const { outcomes } = await store.writer.record(given);
  expect(outcomes).toEqual(given.map((o) => naive.record(o.datastream, o.phenomenonTime, o.result, o.quality)));
  return store;
}

async function expectSame({ reader }: Observations, naive: NaiveStore): Promise<void> {
  const rows = naive.rows();
  const query = { datastreams: STREAMS.map((s) => s.id), from: T0 - 1, to: T0 + 10 * DAY_MS };
  expect(await reader.raw({ ...query, validOnly: false })).toEqual({
    datastream: rows.map((row) => row.datastream),
    time: rows.map((row) => row.time),
    result: rows.map((row) => row.result),
    quality: rows.map((row) => row.quality),
  });
  for (const width of WIDTHS) expect(await reader.rollups({ ...query, width })).toEqual(naive.rollups(width));
  expect((await reader.counts()).observations).toBe(rows.length);
  const times = rows.map((row) => row.time);
  expect(await reader.span()).toEqual(times.length === 0 ? null : { from: Math.min(...times), to: Math.max(...times) });
  const newest = STREAMS.map(({ id }) => rows.findLast((row) => row.datastream === id)).filter(
    (row) => row !== undefined,
  );
  const latest = await reader.latest(STREAMS.map((s) => s.id));
  expect(latest.map((v) => [v.datastream, v.phenomenonTime, v.result])).toEqual(
    newest.map((row) => [row.datastream, row.time, row.result]),
  );
  for (const { datastream, count, from, to } of await reader.profile()) {
    const own = rows.filter((row) => row.datastream === datastream);
    expect([count, from, to]).toEqual([own.length, own[0]?.time ?? null, own.at(-1)?.time ?? null]);
  }
}

test(
  "whatever arrives, in whatever order, ends as a plain computation over all of it",
  { timeout: 300_000 },
  async () => {
    console.info(`seed ${SEED} (IOC_TEST_SEED), ${RUNS} runs (IOC_TEST_RUNS)`);
    using folder = temporaryFolder();
    let run = 0;
    const property = fc.asyncProperty(plans, limits, async (plan, tailLimit) => {
      const file = join(folder.path, `${run++}.db`);
      const reopen = () => openObservations({ file, tailLimit });
      let store = await reopen();
      const naive = new NaiveStore();
      try {
        await store.writer.register(STREAMS);
        for (const [i, one] of plan.entries()) {
          store = await take(one, store, naive, reopen);
          if (i % 5 === 4) await expectSame(store, naive);
        }
        await expectSame(store, naive);
      } finally {
        await store.close();
      }
    });
    // Making a failing plan smaller takes long; IOC_TEST_SHRINK=1 does it.
    await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: process.env["IOC_TEST_SHRINK"] !== "1" });
  },
);
