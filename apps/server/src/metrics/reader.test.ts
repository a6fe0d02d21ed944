import type { ObservationReader } from "@ioc/observations";
import { expect, test, vi } from "vitest";
import { exposition } from "./exposition.ts";
import { watchReader } from "./reader.ts";

/** A reader of which only these calls are there; the clock of the process is turned by them. */
function fake(calls: Partial<ObservationReader>): ObservationReader {
  return calls as ObservationReader;
}

test("measures calls, keeps the slow ones with their size, and counts failures", async () => {
  let clock = 1000;
  using now = vi.spyOn(performance, "now").mockImplementation(() => clock);
  const watch = watchReader(
    fake({
      async latest(datastreams) {
        clock += datastreams?.length ?? 0;
        return [];
      },
      async history() {
        clock += 300;
        throw new Error("damaged");
      },
    }),
    () => 50_000,
  );
  await watch.reader.latest(Array.from({ length: 100 }, () => "a"));
  await watch.reader.latest(Array.from({ length: 400 }, () => "a"));
  await expect(
    watch.reader.history({ datastream: "a", from: 0, to: 1, resolution: "auto", points: 10 }),
  ).rejects.toThrow("damaged");
  expect(watch.slow()).toEqual([
    { call: "latest", at: 49_600, seconds: 0.4, datastreams: 400 },
    { call: "history", at: 49_700, seconds: 0.3, datastreams: 1 },
  ]);
  const text = exposition(watch.families(), "prometheus");
  expect(text).toContain('ioc_slow_reads_total{call="latest"} 1\n');
  expect(text).toContain('ioc_read_failures_total{call="history"} 1\n');
  expect(text).toContain('ioc_read_duration_seconds_bucket{call="latest",le="0.1"} 1\n');
  expect(now).toHaveBeenCalled();
});

test("the newest fifty slow calls are kept", async () => {
  let clock = 0;
  using _now = vi.spyOn(performance, "now").mockImplementation(() => (clock += 500));
  const watch = watchReader(fake({ span: async () => null }), () => clock);
  for (let i = 0; i < 80; i++) await watch.reader.span();
  expect(watch.slow()).toHaveLength(50);
});

test("keeps what `this` is for the reader behind it", async () => {
  class Real {
    readonly #answer = { from: 1, to: 2 };
    async span() {
      return this.#answer;
    }
  }
  const watch = watchReader(new Real() as unknown as ObservationReader, () => 0);
  expect(await watch.reader.span()).toEqual({ from: 1, to: 2 });
});
