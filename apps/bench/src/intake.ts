import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import { freePort, until } from "@ioc/testkit";
import { connectAsync } from "mqtt";
import { benchKey, processorSeconds, withProgram } from "./program.ts";
import { Readings } from "./readings.ts";
import { median, percentile, printTable, thousands } from "./table.ts";

interface Outcome {
  perSecond: number;
  latencies: number[];
  processor: number;
}

/** Sends batches over `connections` keep-alive connections for `seconds`; counts only what was answered 202. */
async function sendHttp(
  url: string,
  batches: readonly string[],
  size: number,
  connections: number,
  seconds: number,
): Promise<Outcome> {
  const latencies: number[] = [];
  let accepted = 0;
  let at = 0;
  const startedAt = performance.now();
  const worker = async (): Promise<void> => {
    while (performance.now() - startedAt < seconds * 1000 && at < batches.length) {
      const body = batches[at++];
      const sentAt = performance.now();
      const answer = await fetch(`${url}/api/v1/observations`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${benchKey}` },
        body: body ?? "",
      });
      if (answer.status === 202) accepted += size;
      else if (answer.status !== 429) throw new Error(`${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer().catch(() => undefined);
      latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return { perSecond: accepted / ((performance.now() - startedAt) / 1000), latencies, processor: Number.NaN };
}

/** The ceiling of the front end: a bare server that parses the same JSON and stores nothing. */
async function bareServer(batches: readonly string[], size: number): Promise<Outcome> {
  const server = createServer((request, answer) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(parts).toString()) as { observations: unknown[] };
      answer
        .writeHead(202, { "content-type": "application/json" })
        .end(JSON.stringify({ received: body.observations.length }));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    return await sendHttp(`http://127.0.0.1:${port}`, batches, size, 4, 10);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function httpIntake(): Promise<(string | number)[][]> {
  const rows: (string | number)[][] = [];
  for (const size of [1, 100, 1000]) {
    const count = size === 1000 ? 3000 : 20_000;
    const outcome = await withProgram({ IOC_SIMULATE: "off" }, async (program) => {
      const readings = await Readings.of(program, Date.now() - 20 * 86_400_000);
      const batches = Array.from({ length: count }, () => readings.batch(size));
      const before = processorSeconds(program.pid);
      const sent = await sendHttp(program.url, batches, size, 4, 10);
      const used = processorSeconds(program.pid) - before;
      const stored = await program.get<{ observationsStored: number }>("/api/v1/summary");
      if (stored.observationsStored < sent.latencies.length * size * 0.99)
        throw new Error(`only ${stored.observationsStored} stored`);
      return { sent, used, bare: await bareServer(batches, size) };
    });
    rows.push([
      `HTTP, ${size} a batch`,
      thousands(outcome.sent.perSecond),
      median(outcome.sent.latencies).toFixed(1),
      percentile(outcome.sent.latencies, 0.99).toFixed(1),
      ((outcome.used / (outcome.sent.latencies.length * size)) * 1e6).toFixed(1),
      thousands(outcome.bare.perSecond),
      (outcome.sent.perSecond / outcome.bare.perSecond).toFixed(2),
    ]);
  }
  return rows;
}

/** Publishes at QoS 1 with 1,000 in flight for 10 s; counts acknowledgements. */
async function publish(
  url: string,
  credentials: { username?: string; password?: string },
  messages: readonly { topic: string; payload: string }[],
): Promise<Outcome> {
  const client = await connectAsync(url, { ...credentials, protocolVersion: 4 });
  const latencies: number[] = [];
  let at = 0;
  const startedAt = performance.now();
  const worker = async (): Promise<void> => {
    while (performance.now() - startedAt < 10_000 && at < messages.length) {
      const message = messages[at++];
      if (message === undefined) return;
      const sentAt = performance.now();
      await client.publishAsync(message.topic, message.payload, { qos: 1 });
      latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: 1000 }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  await client.endAsync();
  return { perSecond: latencies.length / seconds, latencies, processor: Number.NaN };
}

async function mosquitto(messages: readonly { topic: string; payload: string }[]): Promise<Outcome | null> {
  if (!existsSync("/usr/sbin/mosquitto")) return null;
  const port = await freePort();
  const broker = spawn("/usr/sbin/mosquitto", ["-p", String(port)], { stdio: "ignore" });
  try {
    return await until("mosquitto", 10_000, () => publish(`mqtt://127.0.0.1:${port}`, {}, messages));
  } finally {
    broker.kill();
  }
}

async function mqttIntake(): Promise<(string | number)[]> {
  const { ours, peer } = await withProgram({ IOC_SIMULATE: "off" }, async (program) => {
    const { items } = await program.get<{ items: { id: string; kind: string }[] }>("/api/v1/stations?limit=5000");
    const kinds = new Map(items.map((item) => [item.id, item.kind]));
    const readings = await Readings.of(program, Date.now() - 20 * 86_400_000);
    const messages = Array.from({ length: 400_000 }, () => {
      const { datastream, phenomenonTime, result } = readings.next();
      const [station = "", property = ""] = datastream.split(":");
      return {
        topic: `city/${kinds.get(station)}/${station}/${property}`,
        payload: JSON.stringify({ result, phenomenonTime }),
      };
    });
    return {
      ours: await publish(`mqtt://127.0.0.1:${program.mqttPort}`, { username: "bench", password: benchKey }, messages),
      peer: await mosquitto(messages),
    };
  });
  return [
    "MQTT QoS 1, 1,000 in flight",
    thousands(ours.perSecond),
    median(ours.latencies).toFixed(1),
    percentile(ours.latencies, 0.99).toFixed(1),
    "–",
    peer ? `${thousands(peer.perSecond)} (Mosquitto, keeps nothing)` : "Mosquitto not installed",
    peer ? (ours.perSecond / peer.perSecond).toFixed(2) : "–",
  ];
}

/** Observations per second that are durable and acknowledged, beside a front end that keeps nothing. */
export async function intake(): Promise<void> {
  const rows = [...(await httpIntake()), await mqttIntake()];
  printTable(
    "Intake: durable and acknowledged, with statistics and rules on",
    [
      "way",
      "observations/s",
      "ms median",
      "ms p99",
      "CPU µs each",
      "limit: same messages, nothing stored",
      "share of it",
    ],
    rows,
  );
}
