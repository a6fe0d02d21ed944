import { networkInterfaces } from "node:os";
import { request } from "node:http";
import mqtt from "mqtt";
import { afterAll, beforeAll, expect, test } from "vitest";
import { haveProgram, promtoolFindings } from "../testing/promtool.ts";
import { startTestServer, testKey } from "../testing/start-test-server.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;

/** A station and property of the pack with its range, to send readings for. */
const datastream = "sf-duong-tran-quy-cap-dong-da:depth";

beforeAll(async () => {
  server = await startTestServer({ IOC_HOST: "0.0.0.0" });
  const now = Date.now();
  const at = (minute: number) => new Date(now - minute * 60_000).toISOString();
  const sent = await server.call("/api/v1/observations", {
    observations: [
      { datastream, phenomenonTime: at(3), result: 0.1 },
      { datastream, phenomenonTime: at(3), result: 0.1 },
      { datastream, phenomenonTime: at(2), result: 0.2 },
      { datastream: "nowhere:depth", phenomenonTime: at(1), result: 1 },
    ],
  });
  expect(sent.status).toBe(202);
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${server.running.mqttPort}`, {
    username: "x",
    password: testKey,
  });
  await client.publishAsync("city/street-flood/sf-duong-tran-quy-cap-dong-da/depth", JSON.stringify({ result: 0.3 }), {
    qos: 1,
  });
  await client.endAsync();
});
afterAll(async () => server[Symbol.asyncDispose]());

/** Value of a sample, by its name and labels as they are written. */
function sample(text: string, name: string): number | undefined {
  const line = text.split("\n").find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}

test("tells what came in, what was refused, and how requests were answered", async () => {
  await server.call("/api/v1/stations/sf-duong-tran-quy-cap-dong-da");
  await server.call("/api/v1/stations/no-such-station");
  await server.call("/api/v1/no-such-thing/with-a-secret");
  await server.call("/wp-login.php");
  const { text, headers, status } = await server.call("/metrics");
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(headers.get("access-control-allow-origin")).toBeNull();
  expect(sample(text, 'ioc_intake_observations_total{source="http",outcome="stored"}')).toBe(2);
  expect(sample(text, 'ioc_intake_observations_total{source="http",outcome="duplicate"}')).toBe(1);
  expect(sample(text, 'ioc_intake_observations_total{source="http",outcome="quarantined"}')).toBe(1);
  expect(sample(text, 'ioc_intake_observations_total{source="mqtt",outcome="stored"}')).toBe(1);
  expect(sample(text, 'ioc_intake_batches_total{source="http",result="accepted"}')).toBe(1);
  expect(sample(text, 'ioc_quarantine_entries{reason="unknown-station"}')).toBe(1);
  expect(sample(text, "ioc_stored_readings")).toBe(3);
  expect(sample(text, 'ioc_property_readings{kind="street-flood",property="depth"}')).toBe(3);
  expect(sample(text, 'ioc_property_bytes{kind="street-flood",property="depth"}')).toBeGreaterThanOrEqual(0);
  expect(sample(text, "ioc_store_commit_seconds_count")).toBeGreaterThan(0);
  expect(sample(text, "ioc_store_queue_readings")).toBe(0);
  expect(sample(text, "ioc_store_tail_readings")).toBe(3);
  expect(sample(text, "ioc_intake_pending_readings")).toBe(0);
  expect(sample(text, "ioc_intake_pending_limit_readings")).toBe(400_000);
  expect(sample(text, "ioc_data_lag_seconds")).toBeLessThan(120);
  expect(sample(text, 'ioc_mqtt_messages_total{result="accepted"}')).toBe(1);
  expect(sample(text, 'ioc_file_bytes{file="observations.db"}')).toBeGreaterThan(0);
  expect(sample(text, "ioc_disk_free_bytes")).toBeGreaterThan(0);
  expect(sample(text, 'ioc_part_up{part="observations"}')).toBe(1);
  expect(sample(text, 'ioc_open_alerts{severity="Extreme"}')).toBe(0);
  expect(sample(text, 'ioc_http_requests_total{method="GET",route="/api/v1/stations/{id}",status="200"}')).toBe(1);
  expect(sample(text, 'ioc_http_requests_total{method="GET",route="/api/v1/stations/{id}",status="404"}')).toBe(1);
  expect(sample(text, 'ioc_http_requests_total{method="GET",route="/api/v1",status="404"}')).toBe(1);
  expect(text, "addresses are no labels").not.toMatch(/secret|wp-login|no-such-station/);
  expect(sample(text, 'ioc_read_duration_seconds_count{call="profile"}')).toBeGreaterThan(0);
  expect(sample(text, "process_resident_memory_bytes")).toBeGreaterThan(1e7);
});

test("OpenMetrics for those who ask for it, the older form for all others", async () => {
  const ask = async (accept: string) => (await server.call("/metrics", undefined, { Accept: accept })).headers;
  const prometheus242 =
    "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75," +
    "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
  const open = "application/openmetrics-text; version=1.0.0; charset=utf-8";
  const plain = "text/plain; version=0.0.4; charset=utf-8";
  expect((await ask(prometheus242)).get("content-type")).toBe(open);
  expect((await ask("application/openmetrics-text; version=1.0.0")).get("content-type")).toBe(open);
  expect((await ask("text/plain")).get("content-type")).toBe(plain);
  expect((await ask("*/*")).get("content-type")).toBe(plain);
  expect((await ask("application/json")).get("content-type")).toBe(plain);
  const { text } = await server.call("/metrics", undefined, { Accept: prometheus242 });
  expect(text.endsWith("\n# EOF\n")).toBe(true);
  const names = text.split("\n").flatMap((line) => (line.startsWith("# TYPE ") ? [line.split(" ")[2]] : []));
  expect(new Set(names).size, "each family once").toBe(names.length);
});

test.skipIf(!haveProgram("promtool"))("promtool finds nothing wrong", async () => {
  expect(await promtoolFindings((await server.call("/metrics")).text)).toBe("");
});

/** Status of a request whose Host and address can be chosen, which `fetch` does not allow. */
function statusOf(headers: Record<string, string>, host = "127.0.0.1"): Promise<number | undefined> {
  return new Promise((done, fail) => {
    const asked = request({ host, port: server.running.port, path: "/metrics", headers }, (answer) => {
      answer.resume();
      done(answer.statusCode);
    });
    asked.on("error", fail).end();
  });
}

test("open to this machine only; through a proxy, under a foreign name or from outside it needs the key", async () => {
  const authorization = `Bearer ${testKey}`;
  expect(await statusOf({})).toBe(200);
  expect(await statusOf({ host: "localhost:8080" })).toBe(200);
  expect(await statusOf({ "x-forwarded-for": "203.0.113.9" })).toBe(401);
  expect(await statusOf({ forwarded: "for=127.0.0.1" })).toBe(401);
  expect(await statusOf({ host: "rebound.example" })).toBe(401);
  expect(await statusOf({ host: "rebound.example", authorization })).toBe(200);
  expect(await statusOf({ "x-real-ip": "203.0.113.9", authorization: "Bearer wrong" })).toBe(401);
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === "IPv4" && !one.internal)?.address;
  if (outside === undefined) return console.warn("skipped: this machine has no address but loopback");
  expect(await statusOf({}, outside)).toBe(401);
  expect(await statusOf({ host: "localhost" }, outside)).toBe(401);
  expect(await statusOf({ authorization }, outside)).toBe(200);
});

test("answers GET and HEAD only", async () => {
  expect((await server.call("/metrics", {})).status).toBe(405);
  expect((await server.call("/metrics/more")).status).toBe(404);
  const head = await fetch(`${server.url}/metrics`, { method: "HEAD" });
  expect(head.status).toBe(200);
  expect(await head.text()).toBe("");
});
