import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Program } from "@ioc/testkit";
import { openObservations } from "@ioc/observations/sqlite";
import { benchKey } from "../program.ts";
import { HttpClient } from "./http.ts";
import { digestOf, type Peer, type Point, type Span } from "./peer.ts";
import { w1Properties, w1Stations, writeW1Pack } from "./w1-pack.ts";
import type { Workload } from "./workload.ts";

interface Aggregates {
  series: { values: Record<string, (number | null)[]> }[];
}

/** The whole program through its front door, statistics and rules on, over a city made for the workload. */
export async function startOurs(folder: string, workload: Workload): Promise<Peer> {
  const pack = join(folder, "pack");
  const dataDir = join(folder, "data");
  mkdirSync(pack);
  mkdirSync(dataDir);
  writeW1Pack(pack);
  const env = { IOC_API_KEY: benchKey, IOC_SIMULATE: "off", IOC_CITY: pack, IOC_RATE_LIMIT: "0" };
  let program = await Program.start({ dataDir, env });
  const headers = { "content-type": "application/json", authorization: `Bearer ${benchKey}` };
  let http = new HttpClient(program.port, 4, headers);
  const id = (series: number) => `${workload.station(series)}:${workload.property(series)}`;
  const iso = (time: number) => new Date(time).toISOString();
  const ask = (path: string, { from, to }: Span, query: Record<string, string>) =>
    http.send("GET", `${path}?${new URLSearchParams({ ...query, from: iso(from), to: iso(to) })}`);
  const hundred = w1Stations
    .slice(0, 100)
    .map((station) => `datastream=${station}:${w1Properties[0]}`)
    .join("&");
  const values = (answer: string, name: string) =>
    digestOf((JSON.parse(answer) as Aggregates).series.flatMap((one) => one.values[name] ?? []));
  const peer: Peer = {
    name: "City IOC, HTTP JSON",
    pid: program.pid,
    batch: 1000,
    connections: 4,
    body: observationsBody,
    send: async (body) => void (await http.send("POST", "/api/v1/observations", body.toString())),
    async settle() {
      http.close();
      await program.stop();
      const before = process.cpuUsage();
      await maintained(join(dataDir, "observations.db"));
      const { user, system } = process.cpuUsage(before);
      const bytes = statSync(join(dataDir, "observations.db")).size;
      program = await Program.start({ dataDir, env });
      peer.pid = program.pid;
      http = new HttpClient(program.port, 4, headers);
      return { bytes, processorElsewhere: (user + system) / 1e6 };
    },
    raw: (series, span) =>
      ask("/api/v1/observations", span, { datastream: id(series), resolution: "raw", points: "20000" }),
    profile: (series, span) =>
      ask("/api/v1/aggregates", span, { datastream: id(series), bucket: "PT12M", functions: "min,mean,max" }),
    latest: () => http.send("GET", "/api/v1/latest"),
    hourly: ({ from, to }) =>
      http.send(
        "GET",
        `/api/v1/aggregates?${hundred}&${new URLSearchParams({ from: iso(from), to: iso(to), bucket: "PT1H", functions: "mean" })}`,
      ),
    daily95: (span) =>
      ask("/api/v1/aggregates", span, { kind: "w1", property: "p1", bucket: "P1D", functions: "p95", across: "all" }),
    digest: {
      raw: (answer) => digestOf((JSON.parse(answer) as { value: (number | null)[] }).value),
      profile: (answer) => values(answer, "mean"),
      latest: (answer) => digestOf((JSON.parse(answer) as { value: (number | null)[] }).value),
      hourly: (answer) => values(answer, "mean"),
      daily95: (answer) => values(answer, "p95"),
    },
    async stop() {
      http.close();
      await program.stop();
    },
  };
  return peer;
}

/** A batch as the body of `POST /api/v1/observations`. */
export function observationsBody(workload: Workload, batch: readonly Point[]): string {
  return JSON.stringify({
    observations: batch.map(({ series, time, value }) => ({
      datastream: `${workload.station(series)}:${workload.property(series)}`,
      phenomenonTime: new Date(time).toISOString(),
      result: value,
    })),
  });
}

/** Does the work that waits until a day is over, as the program would in the following days, and folds the log into the file. */
export async function maintained(file: string): Promise<void> {
  const store = await openObservations({ file });
  const later = Date.now() + 3 * 86_400_000;
  while (await store.maintain(later, 200)) {
    // The next step.
  }
  await store.close();
}
