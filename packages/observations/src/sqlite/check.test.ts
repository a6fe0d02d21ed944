import { emptyReadings } from "../readings.ts";
import { join } from "node:path";
import { truncateSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Database } from "@ioc/database";
import { temporaryFolder } from "@ioc/testkit";
import { encodeReadings } from "../codec/readings-codec.ts";
import { checkStore } from "./check.ts";
import { ColumnBuffer } from "./columns.ts";
import { dayEnd, dayOf } from "./days.ts";
import { packJournal } from "./journal-codec.ts";
import { Maintenance } from "./maintenance.ts";
import { forgetRollups } from "./rebuild.ts";
import { RollupBlocks } from "./rollup-blocks.ts";
import { flushInto, OFFSET, openTables } from "./test-blocks.ts";

const DAY_MS = 86_400_000;
const FIRST_DAY = dayOf(Date.UTC(2026, 9, 1), OFFSET) + 1;
const START = dayEnd(FIRST_DAY - 1, OFFSET);

function filled(folder: string): Database {
  const db = openTables(folder, [900, 900]);
  const readings = emptyReadings(10 * 96);
  for (let i = 0; i < readings.time.length; i++) {
    readings.time[i] = START + (i + 1) * 900_000;
    readings.value[i] = (i % 50) / 10;
    readings.quality[i] = i % 10 === 0 ? 3 : 1;
  }
  for (const series of [1, 2]) flushInto(db, series, readings);
  const maintenance = new Maintenance(db, { dayOffset: OFFSET });
  while (maintenance.step(START + 20 * DAY_MS, 5));
  const journal = new ColumnBuffer();
  const reading = { datastream: "", phenomenonTime: START, resultTime: START, result: 1, quality: 1 } as const;
  journal.reserve(1);
  journal.push(1, { ...reading, reasons: [] }, 0);
  db.prepare("INSERT INTO journal VALUES (7, 0, 1, ?)").run(packJournal(journal.take(), Uint32Array.of(0)));
  return db;
}

/** The problems after a change, without the advice. */
function problemsAfter(change: (db: Database) => void): string[] {
  using folder = temporaryFolder();
  const db = filled(folder.path);
  change(db);
  db.close();
  return checkStore(join(folder.path, "observations.db")).problems.map(({ datastream, day, problem, advice }) => {
    expect(advice).not.toBe("");
    return [datastream, day, problem].filter(Boolean).join(": ");
  });
}

describe("a store", () => {
  test("without problems is counted", () => {
    using folder = temporaryFolder();
    filled(folder.path).close();
    const seen: string[] = [];
    const check = checkStore(join(folder.path, "observations.db"), (done, of) => seen.push(`${done}/${of}`));
    expect(check).toEqual({
      sequence: 7,
      series: 2,
      blocks: 20,
      readings: 1920,
      journalRows: 1,
      journalReadings: 1,
      // The ten days lie in two rows of each width.
      rollupRows: 8,
      problems: [],
      problemCount: 0,
    });
    expect(seen).toEqual(["1/2", "2/2"]);
  });

  test("can be looked at while another connection writes", () => {
    using folder = temporaryFolder();
    const db = filled(folder.path);
    db.exec("BEGIN IMMEDIATE; INSERT INTO journal VALUES (8, 0, 0, x'')");
    expect(checkStore(join(folder.path, "observations.db"))).toMatchObject({ sequence: 7, problemCount: 0 });
    db.exec("COMMIT");
    db.close();
  });
});

describe("each damage is named with its place", () => {
  test("a block that cannot be decoded", () => {
    const change = "UPDATE chunk SET readings = zeroblob(length(readings)) WHERE series = 1 AND day = ?";
    expect(problemsAfter((db) => db.prepare(change).run(FIRST_DAY + 2))).toEqual([
      "station-1:x: 2026-10-04: the block is damaged: its version is 0, not 1",
    ]);
  });

  test("a block that is another day's", () => {
    const problems = problemsAfter((db) =>
      db.exec(`DELETE FROM chunk WHERE series = 2 AND day = ${FIRST_DAY + 9};
               UPDATE chunk SET day = day + 1 WHERE series = 2 AND day = ${FIRST_DAY + 8}`),
    );
    expect(problems).toContain("station-2:x: 2026-10-11: it holds readings of another day");
    expect(problems).toContain("station-2:x: 2026-10-11: its hourly rollups are not those of its readings");
    expect(problems).toContain("station-2:x: 2026-10-10: there are rollups of a day without readings");
    expect(problems.filter((line) => line.includes("is kept as"))).toHaveLength(3);
  });

  test("a wrong count, times out of order, an unknown reason", () => {
    const readings = emptyReadings(2);
    readings.time.set([START + 2000, START + 1000]);
    readings.quality.fill(1);
    readings.reasons.fill(9);
    const problems = problemsAfter((db) => {
      db.prepare("UPDATE chunk SET readings = ? WHERE series = 1 AND day = ?").run(encodeReadings(readings), FIRST_DAY);
    });
    expect(problems.slice(0, 3)).toEqual([
      "station-1:x: 2026-10-02: it has 2 readings, not 96",
      "station-1:x: 2026-10-02: times do not rise",
      "station-1:x: 2026-10-02: a reading has a quality reason that is not known",
    ]);
  });

  test("figures that do not fit the blocks", () => {
    expect(problemsAfter((db) => db.exec("UPDATE series_state SET n = 5, newest = 0 WHERE series = 1"))).toEqual([
      "station-1:x: n is kept as 5, its blocks say 960",
      `station-1:x: newest is kept as 0, its blocks say ${START + 10 * DAY_MS}`,
    ]);
    expect(problemsAfter((db) => db.exec("DELETE FROM series_state WHERE series = 1"))).toEqual([
      "station-1:x: the figures of its blocks are missing",
    ]);
  });

  test("readings of a day that was dropped", () => {
    const change = "UPDATE series_state SET raw_from = ? WHERE series = 1";
    expect(problemsAfter((db) => db.prepare(change).run(FIRST_DAY + 1))).toEqual([
      "station-1:x: 2026-10-02: it lies before the first day that is kept",
    ]);
  });

  test("rollups that are damaged, old or missing", () => {
    expect(
      problemsAfter((db) => db.exec("UPDATE rollup SET buckets = x'01' WHERE series = 1 AND width = 3600000"))[0],
    ).toBe("station-1:x: rollups of 3600 s, row 648: the block is damaged: it has only 1 bytes");
    const missing = problemsAfter((db) => db.exec("DELETE FROM rollup WHERE series = 1 AND width = 86400000"));
    expect(missing).toHaveLength(10);
    expect(missing[0]).toBe("station-1:x: 2026-10-02: its daily rollups are not those of its readings");
    const other = problemsAfter((db) =>
      db.exec(`UPDATE rollup SET buckets = (SELECT buckets FROM rollup WHERE series = 2 AND width = 86400000)
               WHERE series = 1 AND width = 3600000`),
    );
    expect(other.filter((line) => line.includes("hourly"))).toHaveLength(10);
  });

  test("a journal row that cannot be read, and one of an unknown datastream", () => {
    const [problem] = problemsAfter((db) => db.exec("UPDATE journal SET readings = x'0102'"));
    expect(problem).toMatch(/^journal row 7 cannot be read: the block is damaged/);
    expect(
      problemsAfter((db) => db.exec("DELETE FROM series_state; DELETE FROM series WHERE id = 1")).toSorted(),
    ).toContain("journal row 7 has readings of an unknown datastream");
  });

  test("rows of no datastream, and blocks put aside", () => {
    const problems = problemsAfter((db) => {
      db.exec("INSERT INTO dirty VALUES (99, 1); INSERT INTO damaged_chunk VALUES (1, 5, x'', 0)");
    });
    expect(problems).toEqual([
      "1 rows of table dirty belong to no datastream",
      "station-1:x: 1 damaged blocks were put aside when new readings of their days came",
    ]);
  });
});

describe("rollups that are made again", () => {
  test("have no problem left, and those of dropped days stay", () => {
    using folder = temporaryFolder();
    const file = join(folder.path, "observations.db");
    const db = filled(folder.path);
    const limited = new Maintenance(db, { dayOffset: OFFSET, rawDays: 4 });
    while (limited.step(START + 10 * DAY_MS, 5));
    const dropped = new RollupBlocks(db, OFFSET).read(1, 3_600_000, START, START + 5 * DAY_MS);
    expect(dropped.time).toHaveLength(5 * 24);
    // Hours as they were before a late reading, and hours of a day that has no readings.
    db.exec(`UPDATE rollup SET buckets = (SELECT buckets FROM rollup WHERE width = 86400000) WHERE width = 3600000 AND block > 648;
             DELETE FROM chunk WHERE series = 2`);
    expect(checkStore(file).problemCount).toBeGreaterThan(0);
    db.exec("UPDATE series_state SET n = 0, bytes = 0, oldest = NULL, newest = NULL WHERE series = 2");
    forgetRollups(file);
    while (limited.step(START + 30 * DAY_MS, 5));
    expect(checkStore(file).problems).toEqual([]);
    expect(new RollupBlocks(db, OFFSET).read(1, 3_600_000, START, START + 5 * DAY_MS)).toEqual(dropped);
    db.close();
  });
});

describe("a file", () => {
  test("with a damaged page is named by SQLite or not opened", () => {
    using folder = temporaryFolder();
    const file = join(folder.path, "observations.db");
    filled(folder.path).close();
    truncateSync(file, 20_000);
    expect(() => {
      if (checkStore(file).problemCount > 0) throw new Error("database disk image is malformed");
    }).toThrow(/malformed|damaged/);
  });

  test("that is none, or missing, or no store is refused", () => {
    using folder = temporaryFolder();
    const text = join(folder.path, "text.db");
    writeFileSync(text, "time;value\n".repeat(1000));
    expect(() => checkStore(text)).toThrow(/is not a SQLite database/);
    expect(() => checkStore(join(folder.path, "none.db"))).toThrow(/does not exist/);
    const other = openTables(folder.path, [], "other.db");
    other.exec("DROP TABLE chunk");
    other.close();
    expect(() => checkStore(join(folder.path, "other.db"))).toThrow(/is no observation store/);
  });

  test("of a newer program is refused", () => {
    using folder = temporaryFolder();
    const db = filled(folder.path);
    db.exec("UPDATE meta SET value = 99 WHERE name = 'format'");
    db.close();
    expect(() => checkStore(join(folder.path, "observations.db"))).toThrow(/written by a newer program \(format 99\)/);
  });
});
