import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { requireSharedData, sharedData } from "@ioc/testkit";
import { beforeAll, describe, expect, test } from "vitest";
import { datastreamSpecs, networkOf } from "./network.ts";
import type { PackDatastream } from "./network.ts";
import type { CityPack } from "./pack.ts";
import { readPack } from "./read-pack.ts";

let pack: CityPack;
let specs: Map<string, PackDatastream>;

beforeAll(async () => {
  const read = await readPack(resolve(import.meta.dirname, "../../../fixtures/replay"));
  expect(read.problems).toEqual([]);
  if (!read.pack) throw new Error("no pack");
  pack = read.pack;
  specs = new Map(datastreamSpecs(networkOf(pack)).map((spec) => [spec.id, spec]));
});

test("1,799 English and Welsh stations, 8 of Beijing, 2 of Florida and one sensor of Ho Chi Minh City", () => {
  const byPrefix = Object.groupBy(pack.stations, (station) => station.id.slice(0, 2));
  expect(
    Object.entries(byPrefix)
      .map(([prefix, stations]) => [prefix, stations?.length])
      .sort(),
  ).toEqual([
    ["ap", 2],
    ["bj", 8],
    ["hc", 1],
    ["uk", 1799],
  ]);
});

test("a station reports only what it measures", () => {
  const own = [...specs.values()].filter((spec) => spec.station === "uk-2421th").map((spec) => spec.property);
  expect(own.sort()).toEqual([
    "water_level_downstream_stage_masd",
    "water_level_height_masd",
    "water_level_stage_masd",
  ]);
});

/** The rules that the files of the pack state for ids. */
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
const property = (...parts: string[]): string =>
  parts
    .filter((part) => part !== "")
    .map((part) => slug(part).replaceAll("-", "_"))
    .join("_");

describe.skipIf(!requireSharedData("river-uk-floods-2014"))("the readings of February 2014", () => {
  test("every reading but the one with an impossible unit has its datastream, in the unit that belongs to it", () => {
    const units: Record<string, string> = {
      mASD: "m",
      mAOD: "m",
      mBDAT: "m",
      "Ml/d": "ML/d",
      "deg C": "Cel",
      Knots: "[kn_i]",
    };
    const text = gunzipSync(readFileSync(sharedData("river-uk-floods-2014", "readings.tsv.gz"))).toString("utf8");
    const [, ...rows] = text
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(rows).toHaveLength(26_985);
    const lost: string[] = [];
    let rejected = 0;
    for (const [, reference = "", , , , parameter = "", qualifier = "", unit = "", value = ""] of rows) {
      const id = `uk-${slug(reference)}:${property(parameter, qualifier, unit)}`;
      const spec = specs.get(id);
      if (!spec) lost.push(`${id} ${unit}`);
      else {
        expect(spec.unit, id).toBe(units[unit] ?? unit);
        if (Number(value) < (spec.min ?? -Infinity) || Number(value) > (spec.max ?? Infinity)) rejected += 1;
      }
    }
    expect(lost).toEqual(["uk-743008:water_level_stage_m_s m/s"]);
    expect(rejected).toBe(0);
  });
});

test("a grid reference is where it should be: Sheepbridge on the Loddon, a few kilometres south of Reading", () => {
  const station = pack.stations.find((item) => item.id === "uk-2421th");
  expect(station?.position).toBe("published");
  expect(station?.lat).toBeCloseTo(51.381, 2);
  expect(station?.lon).toBeCloseTo(-0.966, 2);
});
