import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import mqtt from "mqtt";
import { expect, test } from "vitest";
import { Program, temporaryFolder, until } from "@ioc/testkit";
import { datastreamOf, haveCommand, key, Sender, storedNumbers } from "./testing/sender.ts";

const queue = 1000;
const senders = 12;
const batches = 12;
const batchLength = 1000;
const publishers = 10;
const messagesEach = 500;
const carelessMessages = 3000;
/** MiB. A whole server takes about 200; everything that is sent here, held at once as objects, would be far more. */
const mostMemory = 700;

/** Resident memory of a process, MiB. */
function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

/** The publisher of another maker sends all messages at once, with QoS 1, each a second later than the one before. */
function publishMany(program: Program, station: string, property: string): Promise<number | null> {
  const given = ["-h", "127.0.0.1", "-p", String(program.mqttPort), "-u", "station", "-P", key, "-q", "1", "-l"];
  const child = spawn("mosquitto_pub", [...given, "-t", `city/weather/${station}/${property}`], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  const start = Date.UTC(2026, 1, 1);
  const lines = Array.from({ length: messagesEach }, (_, i) =>
    JSON.stringify({ result: 20 + (i % 50) / 10, phenomenonTime: new Date(start + i * 1000).toISOString() }),
  );
  child.stdin.end(`${lines.join("\n")}\n`);
  return new Promise((done) => child.once("exit", done));
}

/** Messages with QoS 0, which nobody acknowledges. */
async function publishCarelessly(program: Program, station: string, property: string): Promise<void> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${program.mqttPort}`, { username: "x", password: key });
  const start = Date.UTC(2026, 2, 1);
  for (let i = 0; i < carelessMessages; i++) {
    const message = { result: 21, phenomenonTime: new Date(start + i * 1000).toISOString() };
    client.publish(`city/weather/${station}/${property}`, JSON.stringify(message), { qos: 0 });
  }
  await client.endAsync();
}

/** Value of a counter in the exposition. */
function counter(metrics: string, name: string): number {
  const line = metrics.split("\n").find((one) => one.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}

async function sendAll(sender: Sender, share: number): Promise<number> {
  let refusals = 0;
  for (let batch = 0; batch < batches; batch++) {
    for (;;) {
      const answer = await sender.send((share * batches + batch) * batchLength, batchLength);
      if (answer.status === 202) break;
      expect(answer.status).toBe(429);
      const seconds = Number(answer.headers.get("retry-after"));
      expect(seconds).toBeGreaterThanOrEqual(1);
      refusals += 1;
      await wait(seconds * 1000);
    }
  }
  return refusals;
}

test.skipIf(!haveCommand("mosquitto_pub"))(
  "more senders than the store takes: they are held back, memory is bounded, and all that was acknowledged is stored",
  { timeout: 240_000 },
  async () => {
    using folder = temporaryFolder();
    const env = { IOC_SIMULATE: "off", IOC_API_KEY: key, IOC_MAX_QUEUED: String(queue) };
    const program = await Program.start({ dataDir: folder.path, env });
    try {
      const http = new Sender(program, await datastreamOf(program, "weather", 40));
      const { items } = await program.get<{ items: { id: string; station: string; property: { id: string } }[] }>(
        `/api/v1/datastreams?kind=weather&limit=${publishers + 1}`,
      );
      const [careless, ...careful] = items;
      if (!careless) throw new Error("the pack has no weather stations");
      let peak = 0;
      const watch = setInterval(() => (peak = Math.max(peak, memoryOf(program.pid))), 100);
      const [refusals, codes] = await Promise.all([
        Promise.all(Array.from({ length: senders }, (_, share) => sendAll(http, share))),
        Promise.all(careful.map((one) => publishMany(program, one.station, one.property.id))),
        publishCarelessly(program, careless.station, careless.property.id),
      ]);
      // Every message was either taken in or counted as failed.
      const counted = await until("all messages to be counted", 30_000, async () => {
        const metrics = await (await fetch(`${program.url}/metrics`)).text();
        const accepted = counter(metrics, 'ioc_mqtt_messages_total{result="accepted"}');
        const failed = counter(metrics, 'ioc_mqtt_messages_total{result="failed"}');
        return accepted + failed >= publishers * messagesEach + carelessMessages && { accepted, failed };
      });
      clearInterval(watch);
      const refused = refusals.reduce((sum, one) => sum + one, 0);
      console.log(`refusals ${refused}, mqtt ${JSON.stringify(counted)}, peak ${Math.round(peak)} MiB`);
      expect(refused).toBeGreaterThan(0);
      expect(codes).toEqual(careful.map(() => 0));
      expect(peak).toBeLessThan(mostMemory);
      expect((await program.get<{ status: string }>("/api/v1/health")).status).toMatch(/ok|degraded/);

      const query = `from=2026-01-31T00:00:00Z&to=2026-02-02T00:00:00Z&resolution=raw&points=20000`;
      for (const { id } of careful) {
        const series = await program.get<{ time: number[] }>(
          `/api/v1/observations?datastream=${encodeURIComponent(id)}&${query}`,
        );
        expect(series.time, id).toHaveLength(messagesEach);
      }
      expect(await program.stop()).toBe(0);
      expect(await storedNumbers(folder.path, http.datastream)).toEqual(
        Array.from({ length: senders * batches * batchLength }, (_, i) => i),
      );
    } finally {
      await program.kill();
    }
  },
);
