import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { requireSharedData, sharedData } from "@ioc/testkit";
import { describe, expect, test } from "vitest";
import { setBoundaries } from "./boundaries.ts";
import { readPack } from "./read-pack.ts";
import { testPack } from "./test-pack.ts";
import type { TestPack } from "./test-pack.ts";

interface Feature {
  type: string;
  id?: string;
  properties: Record<string, unknown>;
  geometry: { type: string; coordinates: unknown };
}

/** The pack's own units as if an office had published them: codes in `ma_xa`, no feature ids, no city. */
function published(folder: TestPack): Feature[] {
  const { features } = JSON.parse(folder.read("shapes/dn-2025.geojson")) as { features: Feature[] };
  return features
    .filter((feature) => feature.id !== "48")
    .map(({ id, geometry }) => ({ type: "Feature", properties: { ma_xa: Number(id), ten: "x" }, geometry }));
}

function write(folder: TestPack, features: readonly unknown[], gzip = false): string {
  const file = join(folder.path, gzip ? "official.geojson.gz" : "official.geojson");
  const text = JSON.stringify({ type: "FeatureCollection", features });
  writeFileSync(file, gzip ? gzipSync(text) : text);
  return file;
}

const snapshot = (folder: TestPack): string[] => [folder.read("city.yaml"), folder.read("shapes/dn-2025.geojson")];

test.each([false, true])("replaces the shapes and marks them official (gzip: %s)", async (gzip) => {
  using folder = testPack();
  const comments = folder.read("city.yaml").match(/#.*/g);
  const report = await setBoundaries(folder.path, write(folder, published(folder), gzip), { source: "Sở NN&MT" });
  expect(report).toMatchObject({
    ok: true,
    scheme: "dn-2025",
    matched: { key: "ma_xa", by: "code" },
    areas: 95,
    problems: [],
  });
  const { pack, problems } = await readPack(folder.path);
  expect(problems).toEqual([]);
  expect(pack?.boundaries).toBe("official");
  expect(pack?.attribution.en).toContain("Boundaries: Sở NN&MT.");
  expect(pack?.shapes["dn-2025"]?.features.every((feature) => feature.properties["approximate"] === false)).toBe(true);
  expect(folder.read("city.yaml").match(/#.*/g)).toEqual(comments);
});

test("the city is united from its units: its area is the sum of theirs", async () => {
  using folder = testPack();
  await setBoundaries(folder.path, write(folder, published(folder)));
  const { features } = JSON.parse(folder.read("shapes/dn-2025.geojson")) as { features: Feature[] };
  const areaOf = (feature: Feature): number => {
    const { type, coordinates } = feature.geometry;
    const polygons = (type === "Polygon" ? [coordinates] : coordinates) as [number, number][][][];
    let sum = 0;
    for (const ring of polygons.flat()) {
      for (const [at, [x, y]] of ring.slice(1).entries()) sum += (ring[at]?.[0] ?? 0) * y - x * (ring[at]?.[1] ?? 0);
    }
    return sum / 2;
  };
  const city = features.find((feature) => feature.id === "48");
  const units = features.filter((feature) => feature.id !== "48").reduce((sum, feature) => sum + areaOf(feature), 0);
  expect(city && areaOf(city)).toBeCloseTo(units, 6);
});

describe("refuses and changes nothing", () => {
  const cases: [string, (features: Feature[]) => unknown[], RegExp][] = [
    ["a unit that is missing", (features) => features.slice(1), /Hải Vân \(20194\) is missing/],
    [
      "a unit that is unknown",
      (features) => [...features, { ...features[0], properties: { ma_xa: 99 } }],
      /"99" is no unit/,
    ],
    ["a unit that is there twice", (features) => [...features, features[0]], /second shape of Hải Vân/],
    [
      "a geometry that is null",
      (features) => [{ ...features[0], geometry: null }, ...features.slice(1)],
      /no valid Polygon/,
    ],
    [
      "a ring that is open",
      ([first, ...rest]) => [
        {
          ...first,
          geometry: {
            type: "Polygon",
            coordinates: [
              [
                [108, 16.1],
                [108.1, 16.1],
                [108.1, 16.2],
                [108, 16.2],
              ],
            ],
          },
        },
        ...rest,
      ],
      /does not end where it starts/,
    ],
    [
      "a bow tie",
      ([first, ...rest]) => [
        {
          ...first,
          geometry: {
            type: "Polygon",
            coordinates: [
              [
                [107.9, 16.1],
                [108.1, 16.2],
                [108.1, 16.1],
                [107.9, 16.25],
                [107.9, 16.1],
              ],
            ],
          },
        },
        ...rest,
      ],
      /Hải Vân \(20194\): the outline crosses itself/,
    ],
    [
      "coordinates in metres",
      ([first, ...rest]) => [
        {
          ...first,
          geometry: {
            type: "Polygon",
            coordinates: [
              [
                [5e5, 1.7e6],
                [6e5, 1.7e6],
                [6e5, 1.8e6],
                [5e5, 1.7e6],
              ],
            ],
          },
        },
        ...rest,
      ],
      /no valid Polygon/,
    ],
    [
      "a shape in the wrong place",
      ([first, ...rest]) => [
        {
          ...first,
          geometry: {
            type: "Polygon",
            coordinates: [
              [
                [16, 60],
                [16.1, 60],
                [16.1, 60.1],
                [16, 60],
              ],
            ],
          },
        },
        ...rest,
      ],
      /lies far from where it should be/,
    ],
    [
      "features without codes and names",
      (features) => features.map((item) => ({ ...item, properties: {} })),
      /no property holds/,
    ],
  ];
  test.each(cases)("%s", async (_name, change, problem) => {
    using folder = testPack();
    const before = snapshot(folder);
    const report = await setBoundaries(folder.path, write(folder, change(published(folder))));
    expect(report.ok).toBe(false);
    expect(report.problems.map((item) => item.problem).join("\n")).toMatch(problem);
    expect(snapshot(folder)).toEqual(before);
  });

  test("a file that is no GeoJSON, no file and an unknown scheme", async () => {
    using folder = testPack();
    const before = snapshot(folder);
    const file = join(folder.path, "garbage.geojson");
    for (const text of ["not json", "[]", '{"type":"FeatureCollection","features":[]}', "\u001F\u008B broken gzip"]) {
      writeFileSync(file, text, "latin1");
      expect((await setBoundaries(folder.path, file)).ok).toBe(false);
    }
    expect((await setBoundaries(folder.path, join(folder.path, "nowhere.geojson"))).ok).toBe(false);
    const report = await setBoundaries(folder.path, write(folder, published(folder)), { scheme: "dn-1997" });
    expect(report.problems[0]?.problem).toBe('there is no scheme "dn-1997"');
    expect(snapshot(folder)).toEqual(before);
  });
});

describe.skipIf(!requireSharedData("geo-danang-2025"))("boundaries of the state map publisher", () => {
  test.each(["wards_94_simplified.geojson", "wards_94.geojson.gz"])(
    "%s is accepted and stays within its outline",
    async (name) => {
      using folder = testPack();
      const report = await setBoundaries(folder.path, sharedData("geo-danang-2025", name));
      expect(report).toMatchObject({ ok: true, areas: 95, matched: { key: "code", by: "code" } });
      expect(readFileSync(join(folder.path, "shapes/dn-2025.geojson")).length).toBeLessThan(1_500_000);
      const { pack } = await readPack(folder.path);
      expect(pack?.boundaries).toBe("official");
    },
  );

  test("old districts instead of wards are refused", async () => {
    using folder = testPack();
    const file = sharedData("geo-danang-pre2025", "districts_48_49.geojson.gz");
    const report = await setBoundaries(folder.path, file, { scheme: "dn-2024" });
    expect(report.ok).toBe(false);
    expect(report.problems.filter((item) => item.problem.endsWith("is missing"))).toHaveLength(47);
  });
});
