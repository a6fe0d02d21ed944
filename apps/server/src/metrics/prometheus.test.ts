import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, temporaryFolder, until } from "@ioc/testkit";
import { expect, test } from "vitest";
import { haveProgram } from "../testing/promtool.ts";
import { startTestServer, testKey } from "../testing/start-test-server.ts";

interface QueryAnswer {
  data: { result: { metric: Record<string, string>; value: [number, string] }[] };
}

test.skipIf(!haveProgram("prometheus"))(
  "a real Prometheus scrapes the server, without and with a key",
  async () => {
    await using server = await startTestServer();
    using folder = temporaryFolder();
    const port = await freePort();
    const target = server.url.replace("http://", "");
    writeFileSync(join(folder.path, "key"), testKey);
    writeFileSync(
      join(folder.path, "prometheus.yml"),
      JSON.stringify({
        global: { scrape_interval: "1s", scrape_timeout: "1s" },
        scrape_configs: [
          { job_name: "here", static_configs: [{ targets: [target] }] },
          {
            job_name: "key",
            authorization: { credentials_file: join(folder.path, "key") },
            static_configs: [{ targets: [target] }],
          },
        ],
      }),
    );
    const prometheus = spawn(
      "prometheus",
      [
        `--config.file=${join(folder.path, "prometheus.yml")}`,
        `--storage.tsdb.path=${join(folder.path, "data")}`,
        `--web.listen-address=127.0.0.1:${port}`,
        "--log.level=error",
      ],
      { stdio: "ignore" },
    );
    const ended = new Promise((done) => prometheus.once("exit", done));
    try {
      const query = async (text: string): Promise<QueryAnswer["data"]["result"]> => {
        const answer = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(text)}`);
        return ((await answer.json()) as QueryAnswer).data.result;
      };
      const jobs = await until("a scrape of every job", 25_000, async () => {
        const found = await query("up");
        return found.length === 2 && found.every((one) => one.value[1] === "1") && found;
      });
      expect(jobs.map((one) => one.metric["job"]).toSorted()).toEqual(["here", "key"]);
      const [build] = await query('ioc_build_info{job="here"}');
      expect(build?.value[1]).toBe("1");
      expect((await query('ioc_stations{job="key"}')).length).toBeGreaterThan(5);
      const quantile = 'histogram_quantile(0.5, ioc_http_request_duration_seconds_bucket{job="here",route="/metrics"})';
      await until("a second scrape", 10_000, async () => (await query(quantile)).length === 1);
    } finally {
      prometheus.kill("SIGTERM");
      await ended;
    }
  },
  60_000,
);
