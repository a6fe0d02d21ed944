import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openObservations } from "@ioc/observations/sqlite";
import { requireSharedData, sharedData, temporaryFolder, until } from "@ioc/testkit";
import { emptyReport } from "./report.ts";
import { httpSender } from "./senders.ts";
import { newState, resumedState } from "./state.ts";

const main = resolve(import.meta.dirname, "../main.ts");
const replay = resolve(import.meta.dirname, "../../../../fixtures/replay");
const map = join(replay, "imports", "air-beijing-multisite.yaml");

function start(args: readonly string[]) {
  const child = spawn(process.execPath, [main, "import", ...args], { env: { PATH: process.env["PATH"] } });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, out, err }));
  return { child, ended };
}

/** Lines that were acknowledged by the state file of an import. */
function acknowledged(state: string): number {
  if (!existsSync(state)) return 0;
  const { files } = JSON.parse(readFileSync(state, "utf8")) as { files: Record<string, { place: { line: number } }> };
  return Object.values(files)[0]?.place.line ?? 0;
}

/** Starts an import and ends it with a signal when it is somewhere in the middle of the file. */
async function interruptedAt(lines: number, state: string, args: readonly string[], signal: "SIGKILL" | "SIGINT") {
  const { child, ended } = start(args);
  await until(`line ${lines}`, 60_000, async () => acknowledged(state) >= lines || child.exitCode !== null);
  child.kill(signal);
  const result = await ended;
  const line = acknowledged(state);
  expect(line, result.err).toBeGreaterThanOrEqual(lines);
  expect(line).toBeLessThan(35_000);
  return result;
}

/** Cells that hold a value in the file itself, and what the columns PM2.5 sum up to. */
function ofTheFile(text: string): { rows: number; readings: number; missing: number; pm25: number } {
  const [, ...rows] = text.trim().split("\n");
  const found = { rows: rows.length, readings: 0, missing: 0, pm25: 0 };
  for (const row of rows) {
    const cells = row.split(",").slice(5, 17);
    const missing = cells.filter((cell) => cell === "NA").length;
    found.missing += missing;
    found.readings += cells.length - missing;
    found.pm25 += Number(cells[0] === "NA" ? 0 : cells[0]);
  }
  return found;
}

async function ofTheStore(dataDir: string) {
  const store = await openObservations({ file: join(dataDir, "observations.db") });
  try {
    const { observations } = await store.reader.counts();
    let pm25 = 0;
    // A year is less than the most points of one answer.
    for (const year of [2013, 2014, 2015, 2016, 2017]) {
      const series = await store.reader.history({
        datastream: "bj-aotizhongxin:pm25",
        from: Date.UTC(year, 0, 1),
        to: Date.UTC(year + 1, 0, 1),
        resolution: "raw",
        points: 20_000,
      });
      pm25 += series.value.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    }
    return { observations, pm25 };
  } finally {
    await store.close();
  }
}

const figure = (out: string, name: string) =>
  Number(new RegExp(`^ *${name} +([\\d,]+)$`, "m").exec(out)?.[1]?.replaceAll(",", ""));

describe.skipIf(!requireSharedData("air-beijing-multisite"))("an import that was interrupted", () => {
  const packed = sharedData("air-beijing-multisite", "PRSA_Data_Aotizhongxin_20130301-20170228.csv.gz");

  test(
    "killed twice in the middle of four years, it goes on where it was acknowledged, and the sums are those of the file",
    { timeout: 240_000 },
    async () => {
      using folder = temporaryFolder();
      const text = gunzipSync(readFileSync(packed)).toString("utf8");
      const file = join(folder.path, "aotizhongxin.csv");
      writeFileSync(file, text);
      const state = join(folder.path, "import-state.json");
      const args = [file, "--map", map, "--data-dir", folder.path, "--pack", replay];
      await interruptedAt(5000, state, args, "SIGKILL");
      await interruptedAt(acknowledged(state) + 5000, state, [...args, "--resume"], "SIGKILL");
      const before = acknowledged(state);
      const done = await start([...args, "--resume"]).ended;
      expect(done).toMatchObject({ code: 0, err: "" });
      expect(before).toBeGreaterThan(10_000);
      const expected = ofTheFile(text);
      expect(expected.rows).toBe(35_064);
      expect(figure(done.out, "rows read")).toBe(expected.rows);
      expect(figure(done.out, "readings found")).toBe(expected.readings);
      expect(figure(done.out, "without a value")).toBe(expected.missing);
      // What was committed and not yet noted when it was killed is sent again and known by the store: a batch at most each time.
      const duplicates = figure(done.out, "duplicate");
      expect(duplicates).toBeLessThanOrEqual(2 * 1000);
      expect(figure(done.out, "stored") + duplicates).toBe(expected.readings);
      const held = await ofTheStore(folder.path);
      expect(held.observations).toBe(expected.readings);
      expect(held.pm25).toBeCloseTo(expected.pm25, 3);
      expect(existsSync(state)).toBe(false);
    },
  );

  test("Ctrl-C says how to go on; a packed file goes on too", { timeout: 240_000 }, async () => {
    using folder = temporaryFolder();
    const state = join(folder.path, "state.json");
    const args = [packed, "--map", map, "--data-dir", folder.path, "--pack", replay, "--state", state];
    const stopped = await interruptedAt(5000, state, args, "SIGINT");
    expect(stopped).toMatchObject({ code: 130, err: expect.stringContaining("--resume goes on") as string });
    const done = await start([...args, "--resume"]).ended;
    expect(done).toMatchObject({ code: 0, err: "" });
    const expected = ofTheFile(gunzipSync(readFileSync(packed)).toString("utf8"));
    expect(figure(done.out, "rows read")).toBe(expected.rows);
    expect(figure(done.out, "stored")).toBe(expected.readings);
    expect(figure(done.out, "duplicate")).toBe(0);
  });
});

test("an import does not go on with another file, mapping or target, nor without a state", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "a.csv");
  writeFileSync(file, "time,value\n1,2\n");
  const path = join(folder.path, "state.json");
  const identity = { target: "http://here", mapping: "abc" };
  const refusal = async (given = identity) =>
    await resumedState(path, given, [file]).catch((error: Error) => error.message);
  expect(await refusal()).toContain("there is no state of one");
  const checkpoint = { place: { end: 11, line: 1 }, report: { ...emptyReport(file), rows: 7 } };
  const state = await newState(path, identity, [file]);
  expect(state.of(file)).toBeNull();
  await state.keep(file, checkpoint, false);
  const resumed = await resumedState(path, identity, [file]);
  expect(resumed.of(file)).toMatchObject({ ...checkpoint, done: false });
  expect(await refusal({ ...identity, mapping: "def" })).toContain("the mapping has changed");
  expect(await refusal({ ...identity, target: "http://there" })).toContain("it went to http://here");
  const kept = readFileSync(path, "utf8");
  for (const broken of ["{ broken", "[]", kept.replace('"line":1', '"line":-1')]) {
    writeFileSync(path, broken);
    expect(await refusal()).toContain("is no state of an import");
  }
  writeFileSync(path, kept);
  writeFileSync(file, "time,value\n1,3\n");
  expect(await refusal()).toContain("is not the file that it was");
  appendFileSync(file, "more\n");
  expect(await refusal()).toContain("20 bytes now, 15 then");
});

test("a busy, absent or breaking server is asked again with the same batch", async () => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      bodies.push(body);
      if (bodies.length === 1) return void request.socket.destroy();
      if (bodies.length < 4) {
        return void response.writeHead(bodies.length === 2 ? 503 : 429, { "Retry-After": "0.01" }).end("{}");
      }
      const receipt = { received: 1, stored: 1, duplicate: 0, corrected: 0, quarantined: 0, sequence: 1, items: [] };
      response.writeHead(202, { "Content-Type": "application/json" }).end(JSON.stringify(receipt));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const sender = httpSender(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, "key");
    const reading = { index: 0, station: "a", property: "b", phenomenonTime: 1e12, result: 1 };
    expect(await sender.send([reading], [])).toMatchObject({ stored: 1 });
    expect(bodies).toHaveLength(4);
    expect(new Set(bodies).size).toBe(1);
  } finally {
    server.close();
  }
});
