import { residentMegabytes } from "../program.ts";
import { percentile, printTable } from "../table.ts";
import { datastreams, timed, valueAt, withCity, type City } from "./city.ts";

/** 5,000 readings of each datastream over a year: one every 105 minutes. */
const steps = 5000;
const stepMs = 105 * 60_000;
const streamsABatch = 2;

/** A year of 2,000 datastreams, 10 million readings: newest values of all, a year of one, memory. */
export async function largeStore(): Promise<void> {
  const to = Date.now() - 60_000;
  await withCity(4, async (city) => {
    const seconds = await loadYear(city, to);
    const { observationsStored } = await city.program.get<{ observationsStored: number }>("/api/v1/summary");
    if (observationsStored !== steps * datastreams.length) throw new Error(`only ${observationsStored} are stored`);
    const from = new Date(to - steps * stepMs).toISOString();
    const latest = await timed(200, () => city.http.send("GET", "/api/v1/latest"));
    const year = await timed(200, async (i) => {
      const query = new URLSearchParams({
        datastream: datastreams[(i * 37 + 100) % datastreams.length] ?? "",
        from,
        to: new Date(to).toISOString(),
        points: "1000",
      });
      const answer = JSON.parse(await city.http.send("GET", `/api/v1/observations?${query}`)) as { time: number[] };
      if (answer.time.length < 300 || answer.time.length > 1000) throw new Error(`${answer.time.length} points`);
    });
    const times = (all: number[]) => [percentile(all, 0.5).toFixed(2), percentile(all, 0.95).toFixed(2)];
    printTable(
      `${(observationsStored / 1e6).toFixed(1)} million readings over ${datastreams.length} datastreams`,
      ["question over HTTP", "p50 ms", "p95 ms", "goal ms"],
      [
        ["newest value of all", ...times(latest), "≤ 20"],
        ["a year of one datastream, at most 1,000 points", ...times(year), "≤ 50"],
      ],
    );
    console.log(`loaded in ${seconds.toFixed(0)} s; memory ${residentMegabytes(city.program.pid).toFixed(0)} MB\n`);
  });
}

/** History as it is filled in: datastream by datastream. Answers the seconds it took. */
async function loadYear({ http }: City, to: number): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < datastreams.length) {
      const first = next;
      next += streamsABatch;
      const observations = Array.from({ length: streamsABatch * steps }, (_, i) => {
        const series = first + Math.floor(i / steps);
        const step = i % steps;
        return {
          datastream: datastreams[series],
          phenomenonTime: new Date(to - (steps - 1 - step) * stepMs).toISOString(),
          result: valueAt(series, step),
        };
      });
      await http.send("POST", "/api/v1/observations", JSON.stringify({ observations }));
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  return (performance.now() - startedAt) / 1000;
}
