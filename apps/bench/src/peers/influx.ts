import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, until } from "@ioc/testkit";
import { HttpClient } from "./http.ts";
import { linesOf } from "./line-protocol.ts";
import { digestOf, type Peer, type Span } from "./peer.ts";
import { folderBytes, handOver, haveFile, startServer } from "./server-process.ts";
import type { Workload } from "./workload.ts";

const binary = "/usr/bin/influxd";

interface InfluxAnswer {
  results: { series?: { values: (number | string | null)[][] }[] }[];
}

/** InfluxDB 1.x: line protocol in, InfluxQL out. Null when it is not installed. */
export async function startInflux(folder: string, workload: Workload): Promise<Peer | null> {
  if (!haveFile(binary)) return null;
  const [port, rpcPort] = [await freePort(), await freePort()];
  const data = join(folder, "data");
  mkdirSync(data);
  handOver(folder);
  handOver(data);
  const env = {
    INFLUXDB_REPORTING_DISABLED: "true",
    INFLUXDB_META_DIR: join(data, "meta"),
    INFLUXDB_DATA_DIR: join(data, "data"),
    INFLUXDB_DATA_WAL_DIR: join(data, "wal"),
    INFLUXDB_DATA_QUERY_LOG_ENABLED: "false",
    // Written as it stays soon after the last write, so that its size can be taken.
    INFLUXDB_DATA_CACHE_SNAPSHOT_WRITE_COLD_DURATION: "5s",
    INFLUXDB_DATA_COMPACT_FULL_WRITE_COLD_DURATION: "10s",
    INFLUXDB_HTTP_BIND_ADDRESS: `127.0.0.1:${port}`,
    INFLUXDB_HTTP_LOG_ENABLED: "false",
    INFLUXDB_BIND_ADDRESS: `127.0.0.1:${rpcPort}`,
    INFLUXDB_MONITOR_STORE_ENABLED: "false",
  };
  const server = startServer(binary, ["run"], { folder, env });
  const http = new HttpClient(port, 2);
  await until("InfluxDB", 20_000, async () => (await http.send("GET", "/ping")) === "");
  await http.send("POST", `/query?${new URLSearchParams({ q: "CREATE DATABASE w1" })}`);
  const ask = (q: string) => http.send("GET", `/query?${new URLSearchParams({ db: "w1", epoch: "ms", q })}`);
  const within = ({ from, to }: Span) => `time > ${from}ms AND time <= ${to}ms`;
  const one = (series: number) => `station='${workload.station(series)}' AND property='${workload.property(series)}'`;
  // Buckets (start, end]: moved by a second, because all times are whole seconds.
  const every = (width: string, span: Span) => `GROUP BY time(${width}, ${(span.from % 86_400_000) + 1000}ms)`;
  const column = (answer: string, at: number) =>
    (JSON.parse(answer) as InfluxAnswer).results.flatMap((result) =>
      (result.series ?? []).flatMap((series) => series.values.map((row) => row[at])),
    );
  const numbers = (answer: string, at: number) =>
    digestOf(column(answer, at).map((value) => (typeof value === "number" ? value : null)));
  return {
    name: "InfluxDB 1.6.7",
    pid: server.pid,
    batch: 10_000,
    connections: 2,
    body: linesOf,
    send: async (body) => void (await http.send("POST", "/write?db=w1&precision=ms", body.toString())),
    async settle() {
      // Snapshot and full compaction come by themselves; the size is taken when it rests.
      let before = -1;
      await until("compaction", 180_000, async () => {
        await sleep(12_000);
        const bytes = folderBytes(data);
        const rests = bytes === before && folderBytes(join(data, "wal")) < 1e6;
        before = bytes;
        return rests;
      });
      return { bytes: before, processorElsewhere: 0 };
    },
    raw: (series, span) => ask(`SELECT value FROM w1 WHERE ${one(series)} AND ${within(span)}`),
    profile: (series, span) =>
      ask(
        `SELECT MIN(value), MEAN(value), MAX(value) FROM w1 WHERE ${one(series)} AND ${within(span)} ${every("12m", span)}`,
      ),
    latest: () => ask("SELECT LAST(value) FROM w1 GROUP BY station, property"),
    hourly: (span) =>
      ask(
        `SELECT MEAN(value) FROM w1 WHERE property='p1' AND station =~ /w1-s0../ AND ${within(span)} ${every("1h", span)}, station`,
      ),
    daily95: (span) =>
      ask(`SELECT PERCENTILE(value, 95) FROM w1 WHERE property='p1' AND ${within(span)} ${every("1d", span)}`),
    digest: {
      raw: (answer) => numbers(answer, 1),
      profile: (answer) => numbers(answer, 2),
      latest: (answer) => numbers(answer, 1),
      hourly: (answer) => numbers(answer, 1),
      daily95: (answer) => numbers(answer, 1),
    },
    async stop() {
      http.close();
      await server.stop();
    },
  };
}
