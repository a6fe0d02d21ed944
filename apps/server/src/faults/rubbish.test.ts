import { once } from "node:events";
import { connect } from "node:net";
import mqtt from "mqtt";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Program, temporaryFolder, until } from "@ioc/testkit";
import { datastreamOf, key } from "./testing/sender.ts";
import { rubbish, writableRoutes } from "./testing/rubbish.ts";

const folder = temporaryFolder();
let program: Program;

beforeAll(async () => {
  program = await Program.start({ dataDir: folder.path, env: { IOC_SIMULATE: "off", IOC_API_KEY: key } });
});
afterAll(async () => {
  await program.kill();
  folder[Symbol.dispose]();
});

async function answersHealth(): Promise<void> {
  const answer = await fetch(`${program.url}/api/v1/health`, { signal: AbortSignal.timeout(10_000) });
  expect(answer.status).toBe(200);
}

/** What is wrong with an answer to rubbish; null when nothing is. */
function objection(status: number, type: string, body: string): string | null {
  if (status >= 400 && status < 500) {
    if (!type.startsWith("application/problem+json")) return `${status} is told as ${type}`;
    const problem = JSON.parse(body) as { status?: number; title?: string; detail?: string };
    if (problem.status !== status) return `${status} says ${problem.status}`;
    return problem.title && problem.detail ? null : `${status} does not say what is wrong`;
  }
  // Two standards answer for each element of a list: OGC 18-088 8.3.1 and NGSI-LD 5.6.8.
  if (status === 201 && (JSON.parse(body) as string[]).every((one) => one.startsWith("error"))) return null;
  if (status === 207 && (JSON.parse(body) as { success: unknown[] }).success.length === 0) return null;
  if (status !== 202) return `${status} ${body.slice(0, 200)}`;
  const receipt = JSON.parse(body) as { stored: number; quarantined: number; event?: string | null };
  const { stored, quarantined, event } = receipt;
  // A message of a network server without a payload is told as what it is taken for, such as a join.
  if (stored === 0 && typeof event === "string") return null;
  return stored === 0 && quarantined > 0 ? null : `202 with ${stored} stored and ${quarantined} in quarantine`;
}

test.each(rubbish)("$name: every address refuses it or keeps it in quarantine", { timeout: 60_000 }, async (one) => {
  const objections: string[] = [];
  for (const [method, path] of writableRoutes) {
    const headers = { "Content-Type": "application/json", ...one.headers, Authorization: `Bearer ${key}` };
    const answer = await fetch(program.url + path, { method, headers, body: new Uint8Array(one.body) });
    const wrong = objection(answer.status, answer.headers.get("content-type") ?? "", await answer.text());
    if (wrong !== null) objections.push(`${method} ${path}: ${wrong}`);
  }
  expect(objections).toEqual([]);
  await answersHealth();
});

/** Sends raw bytes to a port and waits for what comes back, or for the end of the connection. */
async function sendRaw(port: number, bytes: Buffer): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  let answer = "";
  socket.on("data", (chunk: Buffer) => (answer += chunk.toString("latin1")));
  socket.on("error", () => undefined);
  socket.end(bytes);
  await new Promise<void>((done) => socket.once("close", () => done()));
  return answer;
}

test("requests that are none, and bodies that end too early", { timeout: 60_000 }, async () => {
  expect(await sendRaw(program.port, Buffer.from("HELLO\r\n\r\n"))).toMatch(/^HTTP\/1\.1 400/);
  expect(await sendRaw(program.port, Buffer.from(`GET /${"x".repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`))).toMatch(
    /^HTTP\/1\.1 4(?:14|31)/,
  );
  const head = `POST /api/v1/observations HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n`;
  await sendRaw(program.port, Buffer.from(`${head}Content-Length: 1000\r\n\r\n{"observations":[`));
  await sendRaw(program.port, Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n{"obs`));
  await answersHealth();
});

test("MQTT: bytes of another protocol, and messages of every kind", { timeout: 60_000 }, async () => {
  const [station, property] = (await datastreamOf(program)).split(":");
  const own = `city/weather/${station}/${property}`;
  await sendRaw(program.mqttPort, Buffer.from("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
  await sendRaw(program.mqttPort, rubbish.find(({ name }) => name === "binary")!.body);
  const quarantined = async () => (await program.get<{ quarantined: number }>("/api/v1/summary")).quarantined;
  const before = await quarantined();
  const topics = [
    own,
    "city/weather/nobody/temp",
    "city",
    "other/topic",
    "v1.1/Datastreams(1)/Observations",
    "v1.1/Things",
  ];
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${program.mqttPort}`, {
    username: "x",
    password: key,
    reconnectPeriod: 0,
  });
  let sent = 0;
  for (const { name, body } of rubbish) {
    for (const topic of topics) {
      if (body.length > 2 ** 21) continue;
      // An acknowledgement says that it is kept in quarantine.
      await client.publishAsync(topic, body, { qos: 1 }).catch((error: unknown) => {
        throw new Error(`${name} on ${topic}`, { cause: error });
      });
      sent += 1;
    }
  }
  await client.endAsync();
  const after = await until(
    "the quarantine to be counted",
    5000,
    async () => (await quarantined()) > before && quarantined(),
  );
  // A bare number on a topic of a station is a reading; all else is not.
  expect(after - before).toBe(sent - 2);
  await answersHealth();
});
