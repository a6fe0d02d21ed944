import { once } from "node:events";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "@ioc/database";
import { openObservations } from "@ioc/observations/sqlite";
import { Program, seededRandom, temporaryFolder } from "@ioc/testkit";
import { benchKey, sendReadings } from "../program.ts";
import { printTable } from "../table.ts";

/** A program that shares its machine with other work takes its time to start. */
const readyMs = 300_000;
const minuteMs = 60_000;
/** Between the first acknowledgement of a round and its kill. */
const longestMs = 3000;

interface Site {
  id: string;
  attributes: Record<string, unknown>;
}
interface Sent {
  datastream: string;
  time: number;
  result: number;
}

/**
 * A city that is killed (SIGKILL) again and again while streets flood, at random moments between the first acknowledged reading and three
 * seconds later; every notice goes to a receiver outside. Afterwards: what was acknowledged, what had become an alert, what was told?
 */
export async function kill(kills = 20): Promise<void> {
  const seed = Date.now() % 1_000_000;
  const random = seededRandom(seed);
  const received: string[] = [];
  const receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      received.push((JSON.parse(Buffer.concat(parts).toString("utf8")) as { id: string }).id);
      response.end();
    });
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  using pack = packWithWebhook(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}`);
  using folder = temporaryFolder();
  const options = {
    dataDir: folder.path,
    env: {
      IOC_API_KEY: benchKey,
      IOC_CITY: pack.path,
      IOC_SIMULATE: "off",
      IOC_WEBHOOK_SECRET: `whsec_${Buffer.alloc(24, 7).toString("base64")}`,
      IOC_NOTIFY_ALLOW: "127.0.0.1",
    },
  };
  const acknowledged: Sent[] = [];
  const flooded = new Set<string>();
  const seen = new Set<string>();
  let sites: Site[] = [];
  for (let round = 0; round < kills; round++) {
    const program = await started(options);
    if (sites.length === 0)
      sites = (await program.get<{ items: Site[] }>("/api/v1/stations?kind=street-flood&limit=5000")).items;
    const from = (at: number) => Math.floor((at * sites.length) / kills);
    const life = { over: false };
    const streets = sites.slice(from(round), from(round + 1));
    const first = flood(program, streets[0]!, acknowledged, flooded);
    const rest = first.then(async () => {
      for (const site of streets.slice(1)) if (!life.over) await flood(program, site, acknowledged, flooded);
    });
    const watching = watch(program, seen, life);
    await first;
    await sleep(random() * longestMs);
    life.over = true;
    await program.kill();
    await Promise.all([rest, watching]);
  }
  const last = await started(options);
  for (;;) {
    const { items } = await last.get<{ items: { waiting: number }[] }>("/api/v1/notification-channels");
    if (items.every(({ waiting }) => waiting === 0)) break;
    await sleep(500);
  }
  await last.stop();
  receiver.close();
  const lost = await lostReadings(folder.path, acknowledged);
  const told = toldOf(folder.path);
  const ids = new Set(received);
  const alerts = new Set(told.fired);
  printTable(
    `${kills} times killed while streets flood (seed ${seed})`,
    ["", "count", "lost"],
    [
      ["readings acknowledged", acknowledged.length, lost],
      ["alerts that the API had shown", seen.size, [...seen].filter((id) => !alerts.has(id)).length],
      [
        "streets whose flood was acknowledged",
        flooded.size,
        [...flooded].filter((id) => !told.subjects.has(id)).length,
      ],
      ["alerts in the log", alerts.size, told.fired.filter((id) => !told.members.has(id)).length],
      ["incidents", told.incidents.length, told.incidents.filter((id) => !told.noticed.has(id)).length],
      ["notices by webhook", told.keys.length, told.keys.filter((key) => !ids.has(key)).length],
      ["messages received", received.length, received.filter((id) => !told.keys.includes(id)).length],
      ["received twice, with the same key", received.length - ids.size, ""],
    ],
  );
}

async function started(options: Parameters<typeof Program.launch>[0]): Promise<Program> {
  const program = await Program.launch(options);
  await program.ready(readyMs);
  return program;
}

async function flood(
  program: Program,
  { id, attributes }: Site,
  acknowledged: Sent[],
  flooded: Set<string>,
): Promise<void> {
  const dry = Number(attributes["dry_offset_m"] ?? 0);
  const now = Date.now();
  const readings = [0, 0.3, 1, 1, 1, 1, 1, 1].map((depth, i) => ({
    datastream: `${id}:depth`,
    time: Math.floor((now - (8 - i) * 5 * minuteMs) / 1000) * 1000,
    result: Number((depth + dry).toFixed(3)),
  }));
  try {
    await sendReadings(
      program,
      readings.map(({ datastream, time, result }) => ({
        datastream,
        phenomenonTime: new Date(time).toISOString(),
        result,
      })),
    );
    acknowledged.push(...readings);
    flooded.add(id);
  } catch {
    // The program was killed: nothing was acknowledged.
  }
}

/** Notes every alert that the API shows. */
async function watch(program: Program, seen: Set<string>, life: { over: boolean }): Promise<void> {
  while (!life.over) {
    try {
      const { items } = await program.get<{ items: { id: string }[] }>("/api/v1/alerts?limit=5000");
      for (const { id } of items) seen.add(id);
    } catch {
      return;
    }
    await sleep(50);
  }
}

async function lostReadings(dataDir: string, acknowledged: readonly Sent[]): Promise<number> {
  const store = await openObservations({ file: join(dataDir, "observations.db") });
  const datastreams = [...new Set(acknowledged.map(({ datastream }) => datastream))];
  const times = acknowledged.map(({ time }) => time);
  const held = new Map<string, number | null>();
  for (const datastream of datastreams) {
    const rows = await store.reader.raw({
      datastreams: [datastream],
      from: Math.min(...times) - 1,
      to: Math.max(...times) + 1,
      validOnly: false,
    });
    for (const [i, time] of rows.time.entries()) held.set(`${datastream} ${time}`, rows.result[i] ?? null);
  }
  await store.close();
  return acknowledged.filter(({ datastream, time, result }) => held.get(`${datastream} ${time}`) !== result).length;
}

function toldOf(dataDir: string) {
  const db = openDatabase(join(dataDir, "city.db"));
  const column = (sql: string) => db.prepare<[], string>(sql).pluck().all();
  const found = {
    fired: column("SELECT DISTINCT alert FROM alert_event WHERE type = 'fired'"),
    subjects: new Set(column("SELECT subject FROM alert")),
    members: new Set(column("SELECT alert FROM incident_member")),
    incidents: column("SELECT id FROM incident WHERE state <> 'merged'"),
    noticed: new Set(column("SELECT DISTINCT incident FROM notice")),
    keys: column("SELECT key FROM notice WHERE channel = 'webhook' AND state <> 'superseded'"),
  };
  db.close();
  return found;
}

/** The model city in which one outside receiver is told of everything, half a second after it happened. */
function packWithWebhook(webhook: string): Disposable & { path: string } {
  const folder = temporaryFolder();
  cpSync(resolve(import.meta.dirname, "../../../../fixtures/danang"), folder.path, { recursive: true });
  const write = (file: string, text: string) => writeFileSync(join(folder.path, file), text);
  write("city.yaml", readFileSync(join(folder.path, "city.yaml"), "utf8").replace("../scenarios", "scenarios"));
  const name = "name: { vi: Trực, en: Desk }";
  write("contacts.yaml", `- { id: desk, ${name}, centre: oc-city, webhook: "${webhook}" }`);
  write("shifts.yaml", "- { id: always, centre: oc-city, role: duty, contacts: [desk] }");
  write(
    "routes.yaml",
    `grouping: { hold: [PT0.5S, PT0.5S, PT0.5S, PT0.5S, PT0.5S], joinWithin: PT1S, growth: PT0.5S, storm: { alerts: 1000, within: PT1M } }
routes:
  - { id: all, ${name}, ladder: [{ after: PT0S, to: unit, channels: [webhook] }] }
`,
  );
  return { path: folder.path, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}
