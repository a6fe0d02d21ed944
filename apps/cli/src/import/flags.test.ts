import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { datastreamSpecs, networkOf, readPack } from "@ioc/city-pack";
import type { QualityFlag } from "@ioc/contracts";
import { createReceiver } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { requireSharedData, sharedData, temporaryFolder } from "@ioc/testkit";
import { describe, expect, test } from "vitest";
import { createFlagReader } from "./flags.ts";
import { importFile } from "./import-file.ts";
import { readMapping } from "./mapping.ts";
import { imbalance } from "./report.ts";

const pack = resolve(import.meta.dirname, "../../../../fixtures/replay");
const data = "water-quality-apalachicola";
const end = Date.UTC(2014, 0, 2);

test("a flag is its first word, and the words behind it are codes", () => {
  const read = createFlagReader({ quality: { "<0>": 1, "<-3>": 4, "<-2>": 9 }, silent: ["<0>"] });
  expect(read(7, "<0>")).toEqual({ result: 7, quality: 1 });
  expect(read(7, "<0> (CRE)")).toEqual({ result: 7, quality: 1, sourceCodes: ["0", "CRE"] });
  expect(read(7, " <-3> [GSM] (CWD) ")).toEqual({ result: 7, quality: 4, sourceCodes: ["-3", "GSM", "CWD"] });
  expect(read(null, "<-2>")).toEqual({ result: null, quality: 9, sourceCodes: ["-2"] });
  // A flag for good without a value contradicts itself; it is kept to be seen.
  expect(read(null, "<0>")).toEqual({ result: null, quality: 1, sourceCodes: ["0"] });
  expect(read(7, "")).toEqual({ result: 7 });
  expect(read(null, "")).toBeNull();
  expect(read(7, "<8>")).toBe('no rule for the flag "<8>"');
  expect(read(7, "constructor")).toBe('no rule for the flag "constructor"');
  expect(read(7, `<-3> ${"x".repeat(40)} a b c d e f g`)).toEqual({
    result: 7,
    quality: 4,
    sourceCodes: ["-3", "x".repeat(16), "a", "b", "c", "d"],
  });
});

/** Reads a file into a new store and answers what it then holds of each property, and which flags went into it. */
async function imported(file: string, mappingFile: string, station: string) {
  using folder = temporaryFolder();
  const mapping = await readMapping(mappingFile);
  const { pack: city } = await readPack(pack);
  if (!city) throw new Error("the replay pack does not read");
  const specs = datastreamSpecs(networkOf(city));
  const store = await openObservations({ file: join(folder.path, "observations.db") });
  await store.writer.register(specs);
  const flags: Record<string, Record<string, number>> = {};
  store.changes.subscribe(({ observations }) => {
    for (const { datastream, quality, result, reasons } of observations) {
      const own = (flags[datastream.split(":")[1] ?? ""] ??= {});
      const codes = reasons.filter((reason) => reason.startsWith("source:"));
      const key = [quality, result === null ? "empty" : "value", ...codes].join(" ");
      own[key] = (own[key] ?? 0) + 1;
    }
  });
  const receiver = createReceiver({ specs, ...store, now: () => end });
  const send = (inputs: Parameters<typeof receiver.receive>[0], bad: Parameters<typeof receiver.receive>[2]) =>
    receiver.receive(inputs, "import", bad);
  const report = await importFile(file, mapping, { send, close: () => Promise.resolve() });
  expect(imbalance(report)).toEqual([]);
  const stored: Record<string, Partial<Record<QualityFlag, number>>> = {};
  const means: Record<string, number | null> = {};
  for (const property of Object.keys(flags)) {
    const datastream = `${station}:${property}`;
    const { quality } = await store.reader.raw({ datastreams: [datastream], from: 0, to: end, validOnly: false });
    const own: Partial<Record<QualityFlag, number>> = (stored[property] = {});
    for (const flag of quality) own[flag] = (own[flag] ?? 0) + 1;
    const { count, sum } = await store.reader.rollups({ datastreams: [datastream], from: 0, to: end, width: "1h" });
    const readings = count.reduce((a, b) => a + b, 0);
    means[property] = readings === 0 ? null : sum.reduce((a, b) => a + b, 0) / readings;
  }
  await store.close();
  return { report, flags, stored, means };
}

const qualityOf: Readonly<Record<string, QualityFlag>> = { "0": 1, "1": 3, "3": 1, "-1": 9, "-2": 9, "-3": 4 };

/** The same by a plain reading of the file. */
function expected(file: string) {
  const [head = "", ...lines] = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  const names = head.split(",");
  const flags: Record<string, Record<string, number>> = {};
  const stored: Record<string, Partial<Record<QualityFlag, number>>> = {};
  const good: Record<string, number[]> = {};
  for (const line of lines) {
    const cells = line.split(",");
    for (const [i, name] of names.entries()) {
      const flag = cells[i] ?? "";
      if (!name.startsWith("f_") || flag === "") continue;
      const property = name.slice(2);
      const text = cells[names.indexOf(property)] ?? "";
      const words = flag.replaceAll(/[<>()[\]]/g, "").split(" ");
      const quality = text === "" ? 9 : (qualityOf[words[0] ?? ""] ?? 9);
      const reasons = flag === "<0>" && text !== "" ? [] : words.map((word) => `source:${word}`);
      const key = [quality, text === "" ? "empty" : "value", ...reasons].join(" ");
      const own = (flags[property] ??= {});
      own[key] = (own[key] ?? 0) + 1;
      const counts = (stored[property] ??= {});
      counts[quality] = (counts[quality] ?? 0) + 1;
      if (quality === 1) (good[property] ??= []).push(Number(text));
    }
  }
  const means = Object.keys(flags).map((property): [string, number | null] => {
    const values = good[property];
    return [property, values ? values.reduce((a, b) => a + b, 0) / values.length : null];
  });
  return { rows: lines.length, flags, stored, means: Object.fromEntries(means) };
}

describe.skipIf(!requireSharedData(data))("Apalachicola Bay, flags of two years", () => {
  test.each([
    ["apacpwq", "water-quality-apalachicola", "ap-cat-point", { properties: 11, rejected: 4774 }],
    ["apaebmet", "weather-apalachicola", "ap-east-bay", { properties: 11, rejected: 0 }],
  ])(
    "every flag of %s survives, and means leave out what is not good",
    { timeout: 240_000 },
    async (name, mapping, station, known) => {
      const file = sharedData(data, `${name}.csv.gz`);
      const { report, ...found } = await imported(file, join(pack, "imports", `${mapping}.yaml`), station);
      const { rows, ...right } = expected(file);
      expect(report).toMatchObject({ rows, quarantined: {}, cellsRefused: 0, duplicate: 0, corrected: 0 });
      expect(Object.keys(right.flags)).toHaveLength(known.properties);
      expect(found.flags).toEqual(right.flags);
      expect(found.stored).toEqual(right.stored);
      for (const [property, mean] of Object.entries(right.means)) {
        if (mean === null) expect(found.means[property]).toBeNull();
        else expect(found.means[property]).toBeCloseTo(mean, 6);
      }
      // Counts of the source's own description of the file.
      if (known.rejected > 0) expect(found.stored["sal"]?.[4]).toBe(known.rejected);
    },
  );

  test("a flag that the mapping does not know is quarantined with its line, and its value is not taken for good", async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, "in.csv");
    const [head = "", first = ""] = gunzipSync(readFileSync(sharedData(data, "apacpwq.csv.gz")))
      .toString()
      .split("\n");
    writeFileSync(file, [head, first.replace("<0>", "<7> [XYZ]")].join("\n"));
    const mapping = join(pack, "imports", "water-quality-apalachicola.yaml");
    const { report } = await imported(file, mapping, "ap-cat-point");
    expect(report).toMatchObject({ cellsRefused: 1, quarantined: { "bad-item": 1 } });
    expect(report.samples[0]).toMatchObject({ line: 2, message: 'f_temp: no rule for the flag "<7> [XYZ]"' });
  });
});

test("a mapping with a column of flags must say what they mean", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "map.yaml");
  const values = "values: [{ column: a, property: a, flag: f_a }]";
  writeFileSync(file, `about: x\ntime: { column: t }\nstation: { id: s }\n${values}\n`);
  await expect(readMapping(file)).rejects.toThrow(/column `flag` is named: say under `flags`/);
  writeFileSync(file, `about: x\ntime: { column: t }\nstation: { id: s }\n${values}\nflags: { quality: { ok: 5 } }\n`);
  await expect(readMapping(file)).rejects.toThrow(/flags\.quality\.ok/);
});
