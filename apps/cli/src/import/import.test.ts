import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openObservations } from "@ioc/observations/sqlite";
import { requireSharedData, sharedData, temporaryFolder } from "@ioc/testkit";
import { importFile } from "./import-file.ts";
import { readMapping } from "./mapping.ts";
import { imbalance, type ImportReport } from "./report.ts";
import { storeSender } from "./senders.ts";

const pack = resolve(import.meta.dirname, "../../../../fixtures/replay");

/** Reads files into a new store; every report must balance. Answers the reports and what the store then holds. */
async function run(files: readonly string[], mappingFile: string) {
  using folder = temporaryFolder();
  const mapping = await readMapping(mappingFile);
  const sender = await storeSender(folder.path, pack);
  const reports: ImportReport[] = [];
  for (const file of files) {
    const report = await importFile(file, mapping, sender);
    expect(imbalance(report)).toEqual([]);
    reports.push(report);
  }
  await sender.close();
  const store = await openObservations({ file: join(folder.path, "observations.db") });
  const counts = await store.reader.counts();
  const kept = await store.reader.quarantined({ limit: 5, offset: 0 });
  await store.close();
  const sum = (key: "rows" | "readings" | "stored" | "duplicate" | "corrected" | "cellsMissing") =>
    reports.reduce((total, report) => total + report[key], 0);
  return { reports, counts, kept, sum };
}

function mappingOf(name: string): string {
  return join(pack, "imports", `${name}.yaml`);
}

describe.skipIf(!requireSharedData("air-beijing-multisite"))("Beijing, 8 stations, 4 years", () => {
  const folder = sharedData("air-beijing-multisite");
  const files = readdirSync(folder).filter((name) => name.endsWith(".csv.gz"));

  test("every row of every station becomes readings, and NA none", { timeout: 240_000 }, async () => {
    const { reports, counts, sum } = await run(
      files.map((name) => join(folder, name)),
      mappingOf("air-beijing-multisite"),
    );
    expect(reports).toHaveLength(8);
    // 35,064 hours a station; 12 cells a row.
    for (const report of reports) {
      expect(report).toMatchObject({ rows: 35_064, rowsEmpty: 0, rowsRefused: 0, quarantined: {} });
      expect(report.cells).toBe(35_064 * 12);
    }
    expect(sum("rows")).toBe(280_512);
    expect(sum("readings") + sum("cellsMissing")).toBe(280_512 * 12);
    expect(sum("stored")).toBe(sum("readings"));
    expect(counts.observations).toBe(sum("stored"));
    expect(counts.quarantined).toBe(0);
  });
});

describe.skipIf(!requireSharedData("river-uk-floods-2014"))("England, floods of February 2014", () => {
  test("27 thousand readings of 1,799 stations in ten units, late ones among them", { timeout: 120_000 }, async () => {
    const file = sharedData("river-uk-floods-2014", "readings.tsv.gz");
    const { reports, counts, sum } = await run([file], mappingOf("river-uk-floods-2014"));
    const [report] = reports;
    expect(report).toMatchObject({ rows: 26_985, rowsEmpty: 0, cellsMissing: 0 });
    expect(counts.observations).toBe(sum("stored"));
    expect(counts.quarantined).toBe(Object.values(report?.quarantined ?? {}).reduce((a, b) => a + b, 0));
    // The source repeats 128 readings, 19 of them with another value; one names a level in m/s.
    expect(report).toMatchObject({ stored: 26_856, duplicate: 109, corrected: 19 });
    expect(report?.quarantined).toEqual({ "unknown-property": 1 });
  });
});

describe.skipIf(!requireSharedData("air-hcmc-lowcost-raw"))("Ho Chi Minh City, rows shorter than the header", () => {
  const folder = sharedData("air-hcmc-lowcost-raw");
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".csv"))
    .map((name) => join(folder, name));

  test("22 fields are accepted where the mapping says so", async () => {
    const { counts, sum } = await run(files, mappingOf("air-hcmc-lowcost-raw"));
    expect(sum("rows")).toBe(8883);
    expect(counts.observations).toBe(sum("stored"));
    expect(sum("stored") + sum("duplicate") + sum("corrected")).toBe(sum("readings"));
    expect(counts.quarantined).toBe(0);
  });

  test("otherwise each row is kept in quarantine with its line, and none is guessed at", async () => {
    using temporary = temporaryFolder();
    const mapping = join(temporary.path, "strict.yaml");
    const text = await import("node:fs/promises").then((fs) => fs.readFile(mappingOf("air-hcmc-lowcost-raw"), "utf8"));
    writeFileSync(mapping, text.replace(", columns: 22", ""));
    const { counts, kept, sum, reports } = await run(files, mapping);
    expect(sum("rows")).toBe(8883);
    expect(counts).toMatchObject({ observations: 0, quarantined: 8883 });
    expect(kept.byReason).toEqual({ "wrong-columns": 8883 });
    expect(kept.items[0]?.message).toMatch(/^line \d+: 22 fields instead of 24$/);
    expect(reports[0]?.samples[0]).toMatchObject({ line: 2, reason: "wrong-columns" });
  });
});

describe("damaged files", () => {
  const header =
    "Time;durP1;ratioP1;P1;durP2;ratioP2;P2;SDS_P1;SDS_P2;PMS_P1;PMS_P2;Temp;Humidity;a;b;c;d;e;f;g;h;Signal";
  const row = (time: string, pm10: string, temp = "30.1") => `${time};;;;;;;${pm10};2.5;;;${temp};70;;;;;;;;;-53`;

  async function runText(text: string | Buffer, name = "in.csv") {
    using folder = temporaryFolder();
    mkdirSync(folder.path, { recursive: true });
    const file = join(folder.path, name);
    writeFileSync(file, text);
    const { reports } = await run([file], mappingOf("air-hcmc-lowcost-raw"));
    return reports[0];
  }

  test("bad rows and cells are told apart and everything is counted", async () => {
    const report = await runText(
      [
        header,
        row("2018/10/08 09:21:52", "31.5"),
        row("2018/10/08 09:21:52", "31.5"),
        row("2018/10/08 09:21:52", "32.5"),
        row("2018/02/30 00:00:00", "1"),
        row("2018/10/08 09:24:00", "31,5"),
        "",
        "2018/10/08 09:25:00;only;a;few",
        row("2018/10/08 09:26:00", "", "").replace("2.5", "").replace(";70;", ";;").replace("-53", ""),
      ].join("\n"),
    );
    expect(report).toMatchObject({
      rows: 7,
      rowsWithReadings: 4,
      rowsEmpty: 1,
      rowsRefused: 2,
      readings: 19,
      stored: 9,
      duplicate: 9,
      corrected: 1,
      quarantined: { "impossible-time": 1, "not-a-number": 1, "wrong-columns": 1 },
      cellsRefused: 1,
      cellsMissing: 5,
    });
    expect(report?.samples.map((one) => [one.line, one.reason])).toEqual([
      [5, "impossible-time"],
      [6, "not-a-number"],
      [8, "wrong-columns"],
    ]);
  });

  test("a quote that is never closed does not swallow the file", async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => row(`2018/10/08 ${time(i)}`, "1"));
    lines[10] = `"${lines[10]}`;
    const report = await runText([header, ...lines].join("\n"));
    expect(report?.rowsWithReadings).toBeGreaterThan(1000);
    expect(report?.quarantined["wrong-columns"]).toBeGreaterThan(0);
  });

  test("a byte order mark, CRLF and gzip make no difference", async () => {
    const text = `\ufeff${header}\r\n${row("2018/10/08 09:21:52", "31.5")}\r\n`;
    expect(await runText(gzipSync(text), "in.csv.gz")).toMatchObject({ rows: 1, stored: 5 });
  });

  test("bytes that are not text in the encoding stop the import with a reason", async () => {
    await expect(runText(Buffer.from([0x54, 0xff, 0xfe, 0x0a]))).rejects.toThrow(/encod|valid/i);
  });

  test("a file without a needed column is refused with those it has", async () => {
    await expect(runText("Time;x\n2018/10/08 09:21:52;1\n")).rejects.toThrow(/no column "SDS_P1"; it has: Time, x/);
  });
});

function time(i: number): string {
  const part = (value: number) => String(value).padStart(2, "0");
  return `${part(Math.floor(i / 3600))}:${part(Math.floor(i / 60) % 60)}:${part(i % 60)}`;
}
