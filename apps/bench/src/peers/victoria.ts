import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, until } from "@ioc/testkit";
import { HttpClient } from "./http.ts";
import { linesOf } from "./line-protocol.ts";
import { digestOf, type Peer, type Span } from "./peer.ts";
import { folderBytes, handOver, haveFile, startServer } from "./server-process.ts";
import type { Workload } from "./workload.ts";

const binary = "/usr/bin/victoria-metrics";

interface Matrix {
  data: { result: { metric: Record<string, string>; value?: [number, string]; values?: [number, string][] }[] };
}

/** VictoriaMetrics: line protocol in, MetricsQL out, its cache of answers off. Null when it is not installed. */
export async function startVictoria(folder: string, workload: Workload): Promise<Peer | null> {
  if (!haveFile(binary)) return null;
  const port = await freePort();
  const data = join(folder, "data");
  mkdirSync(data);
  handOver(folder);
  handOver(data);
  const server = startServer(
    binary,
    [`-storageDataPath=${data}`, `-httpListenAddr=127.0.0.1:${port}`, "-retentionPeriod=12", "-search.disableCache"],
    { folder, signal: "SIGINT" },
  );
  const http = new HttpClient(port, 2);
  await until("VictoriaMetrics", 20_000, async () => (await http.send("GET", "/health")) === "OK");
  const name = (series: number) =>
    `w1_value{station="${workload.station(series)}",property="${workload.property(series)}"}`;
  const ask = (path: string, query: Record<string, string>) =>
    http.send("GET", `${path}?${new URLSearchParams({ ...query, nocache: "1" })}`);
  const range = (query: string, { from, to }: Span, step: number) =>
    // The first bucket ends one step after the start.
    ask("/api/v1/query_range", { query, start: String(from / 1000 + step), end: String(to / 1000), step: `${step}s` });
  const matrix = (answer: string) =>
    (JSON.parse(answer) as Matrix).data.result.flatMap((one) => one.values ?? (one.value ? [one.value] : []));
  return {
    name: "VictoriaMetrics 1.79",
    pid: server.pid,
    batch: 10_000,
    connections: 2,
    body: linesOf,
    send: async (body) => void (await http.send("POST", "/write?precision=ms", body.toString())),
    async settle() {
      await http.send("GET", "/internal/force_flush");
      await http.send("GET", "/internal/force_merge");
      const points = workload.points * workload.series;
      let before = -1;
      await until("merges", 180_000, async () => {
        await sleep(2000);
        const metrics = await http.send("GET", "/metrics");
        const sumOf = (name: string) =>
          [...metrics.matchAll(new RegExp(`^${name} (\\d+)`, "gm"))].reduce((sum, match) => sum + Number(match[1]), 0);
        const bytes = folderBytes(data);
        const rests = bytes === before && sumOf("vm_active_merges\\S*") === 0;
        before = bytes;
        return rests && sumOf('vm_rows\\{type="storage/\\S*') === points;
      });
      return { bytes: folderBytes(join(data, "data")) + folderBytes(join(data, "indexdb")), processorElsewhere: 0 };
    },
    raw: (series, { from, to }) =>
      ask("/api/v1/export", { "match[]": name(series), start: String(from / 1000 + 0.001), end: String(to / 1000) }),
    profile: (series, span) => range(`rollup(${name(series)}[12m])`, span, 720),
    latest: () => ask("/api/v1/query", { query: "last_over_time(w1_value[1h])", time: String(workload.to / 1000) }),
    hourly: (span) => range('avg_over_time(w1_value{property="p1",station=~"w1-s0.."}[1h])', span, 3600),
    daily95: (span) =>
      range(
        'histogram_quantile(0.95, sum(histogram_over_time(w1_value{property="p1"}[1d])) by (vmrange))',
        span,
        86_400,
      ),
    digest: {
      raw: (answer) => digestOf(answer === "" ? [] : (JSON.parse(answer) as { values: number[] }).values),
      profile: (answer) => {
        const found = (JSON.parse(answer) as Matrix).data.result.filter((one) => one.metric["rollup"] === "avg");
        return digestOf(found.flatMap((one) => one.values ?? []).map(([, value]) => Number(value)));
      },
      latest: (answer) => digestOf(matrix(answer).map(([, value]) => Number(value))),
      hourly: (answer) => digestOf(matrix(answer).map(([, value]) => Number(value))),
      daily95: (answer) => digestOf(matrix(answer).map(([, value]) => Number(value))),
    },
    async stop() {
      http.close();
      await server.stop();
    },
  };
}
