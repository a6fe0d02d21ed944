import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openDatasets } from "@ioc/catalogue";
import { datastreamSpecs, networkOf, readPack } from "@ioc/city-pack";
import type { Backtest } from "@ioc/contracts";
import { openObservations } from "@ioc/observations/sqlite";
import { openDataFolder } from "@ioc/server";
import { root, temporaryFolder } from "@ioc/testkit";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { backtestCommand } from "./command.ts";

const { pack } = await readPack(resolve(root, "fixtures/danang"));
if (!pack) throw new Error("the city pack cannot be read");
const network = networkOf(pack);
const street = network.stations.find(({ kind }) => kind === "street-flood")!;
const area = street.areas[network.scheme]!;
const fiveMinutes = 300_000;
/** Midnight of 22 October in Da Nang. */
const midnight = Date.parse("2026-10-22T00:00:00+07:00");
const folder = temporaryFolder();
const running: { close(): Promise<void> | void }[] = [];

/** A street that is under 0.25 m of water for an hour on six mornings, and once without an event on record. */
beforeAll(async () => {
  const data = openDataFolder(folder.path);
  const store = await openObservations({ file: data.observationsFile });
  await store.writer.register(datastreamSpecs(network));
  const readings = Array.from({ length: 7 * 288 }, (_, i) => {
    const at = midnight + i * fiveMinutes;
    const wet = i % 288 >= 96 && i % 288 < 108;
    return {
      datastream: `${street.id}:depth`,
      phenomenonTime: at,
      resultTime: at,
      result: wet ? 0.25 : 0.01,
      quality: 1 as const,
      reasons: [],
    };
  });
  await store.writer.record(readings);
  const datasets = openDatasets({
    file: join(folder.path, "datasets.db"),
    definitions: network.datasets,
    timeZone: network.timezone,
  });
  const events = Array.from({ length: 6 }, (_, day) => ({
    event_id: `flood-${day}`,
    hazard: "urban-flood",
    area_code: area,
    started_at: `2026-10-${22 + day}T08:30:00+07:00`,
    ended_at: `2026-10-${22 + day}T09:30:00+07:00`,
    magnitude: 0.3,
    source: "test",
  }));
  const receipt = await datasets.put("observed-events", events, { synthetic: true, now: midnight });
  expect(receipt.refused).toBe(0);
  // The folder stays in use, as beside a running server.
  running.push(datasets, store, data);
});

afterAll(async () => {
  for (const one of running) await one.close();
  folder[Symbol.dispose]();
});

async function ioc(...args: string[]) {
  let [out, err] = ["", ""];
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation((text) => ((out += String(text)), true)),
    vi.spyOn(process.stderr, "write").mockImplementation((text) => ((err += String(text)), true)),
  ];
  try {
    const code = await backtestCommand([...args, "--data-dir", folder.path]);
    return { code, out, err };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const span = ["--from", "2026-10-22", "--to", "2026-10-28"];

test("prints alerts, scores and subjects, beside a program that uses the folder", async () => {
  const { code, out } = await ioc("w-street-flood", ...span);
  expect(code).toBe(0);
  expect(out).toContain("2026-10-22 00:00 to 2026-10-29 00:00, 70 subjects, at each reading");
  expect(out).toContain("7 alerts (level 1: 0, level 2: 7, level 3: 0, level 4: 0)");
  expect(out).toContain(`7  ${street.id}  ${street.name.en}`);
  expect(out).toContain("6 events: 6 hits, 0 misses; 1 false alarms");
  expect(out).toMatch(/POD 1\.00 {2}precision 0\.86 {2}FAR 0\.14 {2}CSI 0\.86 {2}median lead 15 min/);
  expect(out).toMatch(
    new RegExp(`${street.id} +2026-10-22 08:05 +2026-10-22 08:15 +2026-10-22 09:\\d\\d +2 +hit, 15 min`),
  );
});

test("a changed definition takes the place of the pack's keys; --json gives everything", async () => {
  const file = join(folder.path, "changed.yaml");
  writeFileSync(
    file,
    "levels:\n  - { level: 4, severity: Extreme, when: d >= 0.20, for: PT45M, basis: project, source: trial }\n",
  );
  const { out } = await ioc("w-street-flood", ...span, "--definition", file, "--json");
  const found = JSON.parse(out) as Backtest;
  expect(found).toMatchObject({ total: 7, byLevel: { 4: 7 }, scores: { hits: 6, pod: 1, leadMs: 0 } });
});

describe("says what is wrong", () => {
  test.each([
    [["w-flood", ...span], /there is no warning "w-flood"; there are: .*w-street-flood/],
    [
      ["w-street-flood", "--from", "2026-13-40", "--to", "2026-10-28"],
      "--from 2026-13-40 is no date such as 2026-10-22",
    ],
    [["w-street-flood", "--from", "2026-10-22"], "--to is missing"],
    [["w-street-flood", "--from", "2026-10-23", "--to", "2026-10-21"], "must lie before"],
    [
      ["w-street-flood", "--from", "2020-01-01", "--to", "2020-02-01"],
      /no history from .* there are readings from 2026/,
    ],
    [["w-street-flood", ...span, "--definition", "/no/such.yaml"], "/no/such.yaml cannot be read"],
  ])("%s", async (args, message) => {
    await expect(ioc(...args)).rejects.toThrow(message);
  });

  test("a definition that cannot run names its problems", async () => {
    const file = join(folder.path, "wrong.yaml");
    writeFileSync(file, "signals: { d: { op: guess } }\n");
    await expect(ioc("w-street-flood", ...span, "--definition", file)).rejects.toThrow(/there is no operator "guess"/);
    writeFileSync(file, "- just a list\n");
    await expect(ioc("w-street-flood", ...span, "--definition", file)).rejects.toThrow("has no definition");
  });

  test("a folder without data, and wrong options with exit code 2", async () => {
    using empty = temporaryFolder();
    await expect(backtestCommand(["w-street-flood", ...span, "--data-dir", empty.path])).rejects.toThrow(
      "name the data folder with --data-dir",
    );
    expect(await ioc("w-street-flood", "--soon")).toMatchObject({ code: 2 });
    expect(await ioc()).toMatchObject({ code: 2 });
  });
});
