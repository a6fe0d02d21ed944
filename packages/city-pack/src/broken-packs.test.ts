import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@ioc/testkit";
import { expect, test } from "vitest";
import { readPack } from "./read-pack.ts";
import { danang, testPack } from "./test-pack.ts";

interface Fault {
  name: string;
  file: string;
  from: string;
  to: string;
  path: string;
  problem: RegExp;
  /** Lines between the broken text and the line named: a missing key is reported where its parent stands. */
  offset?: number;
}

/** One fault each; the expected line is the line on which the broken text stands. */
const faults: Fault[] = [
  {
    name: "unit that is no UCUM code",
    file: "kinds/air-quality.yaml",
    from: "{ id: so2, name: { vi: SO2, en: sulphur dioxide }, unit: ug/m3",
    to: "{ id: so2, name: { vi: SO2, en: sulphur dioxide }, unit: µg/m3",
    path: "properties[2].unit",
    problem: /UCUM/,
  },
  {
    name: "period that is no duration",
    file: "kinds/tide.yaml",
    from: "kind: instant, period: PT10M",
    to: "kind: instant, period: 10 min",
    path: "properties[0].period",
    problem: /ISO 8601/,
  },
  {
    name: "rollups that go before their readings",
    file: "kinds/tide.yaml",
    from: "kind: instant, period: PT10M",
    to: "kind: instant, retention: { rawDays: 90, rollupDays: 30 }, period: PT10M",
    path: "properties[0].retention.rollupDays",
    problem: /at least as long as the readings/,
  },
  {
    name: "misspelt key",
    file: "kinds/parking.yaml",
    from: "primary: occupied",
    to: "primary: occupied\nprimry: occupied",
    path: "primry",
    problem: /unknown key "primry"/,
  },
  {
    name: "owner that is no agency",
    file: "kinds/noise.yaml",
    from: "owner: dae",
    to: "owner: daee",
    path: "owner",
    problem: /no agency "daee"/,
  },
  {
    name: "domain that does not exist",
    file: "kinds/noise.yaml",
    from: "domain: air",
    to: "domain: noise",
    path: "domain",
    problem: /no domain "noise"/,
  },
  {
    name: "primary property that the kind lacks",
    file: "kinds/tide.yaml",
    from: "primary: level",
    to: "primary: height",
    path: "primary",
    problem: /no property "height"/,
  },
  {
    name: "empty valid range",
    file: "kinds/parking.yaml",
    from: "min: 0, max: 2000",
    to: "min: 2000, max: 2000",
    path: "properties[0].max",
    problem: /range is empty/,
  },
  {
    name: "kind of value that does not exist",
    file: "kinds/parking.yaml",
    from: "kind: instant",
    to: "kind: average",
    path: "properties[0].kind",
    problem: /expected one of/,
  },
  {
    name: "text without English",
    file: "domains.yaml",
    from: "name: { vi: Giáo dục, en: Education }",
    to: "name: { vi: Giáo dục }",
    path: "[8].name.en",
    problem: /"en" is missing/,
  },
  {
    name: "agency twice",
    file: "agencies.yaml",
    from: "- id: cpc-office",
    to: "- id: ioc",
    path: "[1].id",
    problem: /agency "ioc" is there twice \(first at agencies.yaml:3\)/,
  },
  {
    name: "centre in an unknown area",
    file: "centres.yaml",
    from: 'area: "20410"',
    to: 'area: "99999"',
    path: "[17].area",
    problem: /no area "99999"/,
  },
  {
    name: "centre under an unknown centre",
    file: "centres.yaml",
    from: 'area: "20410", parent: oc-city',
    to: 'area: "20410", parent: oc-town',
    path: "[17].parent",
    problem: /"oc-town" is no other centre/,
  },
  {
    name: "ward in an unknown district",
    file: "areas/dn-2024.yaml",
    from: '{ id: "20194", name: { vi: Hòa Hiệp Bắc, en: Hoa Hiep Bac }, type: { vi: phường, en: ward }, level: ward, parent: "490"',
    to: '{ id: "20194", name: { vi: Hòa Hiệp Bắc, en: Hoa Hiep Bac }, type: { vi: phường, en: ward }, level: ward, parent: "590"',
    path: "[9].parent",
    problem: /parent "590" is no area/,
  },
  {
    name: "successor that does not exist",
    file: "areas/dn-2024.yaml",
    from: "name: { vi: Thanh Khê, en: Thanh Khe }",
    to: 'name: { vi: Thanh Khê, en: Thanh Khe }, successor: "2019"',
    path: "[2].successor",
    problem: /successor "2019" is no area of scheme dn-2025/,
  },
  {
    name: "scheme in use that does not exist",
    file: "city.yaml",
    from: "scheme: dn-2025",
    to: "scheme: dn-2026",
    path: "scheme",
    problem: /no scheme "dn-2026"/,
  },
  {
    name: "time zone that does not exist",
    file: "city.yaml",
    from: "timezone: Asia/Ho_Chi_Minh",
    to: "timezone: Asia/Da_Nang",
    path: "timezone",
    problem: /time zone/,
  },
  {
    name: "latitude and longitude exchanged",
    file: "stations/tide.csv",
    from: "16.1195,108.215",
    to: "108.215,16.1195",
    path: "[0].lat",
    problem: /<=90/,
  },
  {
    name: "coordinate outside the unit",
    file: "stations/tide.csv",
    from: "15.877,108.383",
    to: "16.877,108.383",
    path: "[2].area.dn-2025",
    problem: /outside the box of Hội An Đông/,
  },
  {
    name: "station in an unknown unit",
    file: "stations/tide.csv",
    from: "plausible,20413,",
    to: "plausible,20414,",
    path: "[2].area.dn-2025",
    problem: /no area "20414"/,
  },
  {
    name: "station id of another kind",
    file: "stations/tide.csv",
    from: "td-ky-ha,",
    to: "ts-ky-ha,",
    path: "[3].id",
    problem: /start with "td-"/,
  },
  {
    name: "row with a cell too few",
    file: "stations/tide.csv",
    from: "td-ky-ha,Kỳ Hà,",
    to: "td-ky-ha,",
    path: "[3]",
    problem: /9 cells, the header 10/,
  },
  {
    name: "unknown column",
    file: "stations/tide.csv",
    from: "external_to",
    to: "external",
    path: "external",
    problem: /unknown column "external"/,
  },
  {
    name: "reference table without a source",
    file: "reference/transport.yaml",
    from: "  doc: generic traffic-engineering practice\n",
    to: "",
    path: "traffic_los.doc",
    problem: /"doc" is missing/,
    offset: -4,
  },
  {
    name: "reference row of an unknown station",
    file: "reference/hydrology.yaml",
    from: "rl-cau-lau:    ",
    to: "rl-cau-lua:    ",
    path: "flood_alarm.stations.rl-cau-lua",
    problem: /no station "rl-cau-lua"/,
  },
  {
    name: "broken YAML",
    file: "domains.yaml",
    from: "- { id: health, ",
    to: "- { id: health ",
    path: "",
    problem: /not valid YAML/,
  },
  {
    name: "decomposed accents",
    file: "domains.yaml",
    from: "Giáo dục",
    to: "Giáo dục".normalize("NFD"),
    path: "",
    problem: /NFC/,
  },
];

test.each(faults)("$name", async ({ file, from, to, path, problem, offset }) => {
  using folder = testPack();
  const line = folder.replace(file, from, to) + (to.split("\n").length - 1);
  const { pack, problems } = await readPack(folder.path);
  expect(pack).toBeNull();
  const found = problems.find((item) => item.file === file && problem.test(item.problem));
  expect(found, JSON.stringify(problems.slice(0, 3))).toBeDefined();
  expect({ line: found?.line, path: found?.path }).toEqual({ line: line + (offset ?? 0), path });
  expect(found?.remedy).not.toBe("");
});

test("several faults in several files are all listed, in order of file and line", async () => {
  using folder = testPack();
  folder.replace("kinds/tide.yaml", "owner: kttv", "owner: nobody");
  folder.replace("domains.yaml", "- { id: health, ", "- { id: health ");
  folder.replace("stations/tide.csv", "15.877,108.383", "16.877,108.383");
  folder.replace("centres.yaml", 'area: "20410"', 'area: "99999"');
  const { problems } = await readPack(folder.path);
  expect([...new Set(problems.map((item) => item.file))]).toEqual([
    "centres.yaml",
    "domains.yaml",
    "kinds/tide.yaml",
    "stations/tide.csv",
  ]);
  // The domains could not be read, so nothing is said about kinds whose domain is not known.
  expect(problems.some((item) => item.path === "domain")).toBe(false);
});

test("a missing file and a folder that is no pack are problems, not exceptions", async () => {
  using folder = testPack();
  folder.remove("agencies.yaml");
  expect((await readPack(folder.path)).problems).toEqual([
    {
      file: "agencies.yaml",
      line: 0,
      path: "",
      problem: "the file is missing",
      remedy: "add it; every city pack needs it",
    },
  ]);
  using empty = temporaryFolder();
  expect((await readPack(empty.path)).problems.map((item) => item.file)).toEqual(["city.yaml"]);
  expect((await readPack(join(empty.path, "nowhere"))).pack).toBeNull();
});

test("an area without a shape, a shape without an area and broken GeoJSON are problems", async () => {
  using folder = testPack();
  const shapes = folder.read("shapes/dn-2025.geojson");
  folder.write("shapes/dn-2025.geojson", shapes.replace('"id":"20209"', '"id":"x"'));
  folder.write("basemap.geojson", "{");
  const { problems } = await readPack(folder.path);
  expect(problems.map((item) => [item.file, item.line, item.problem.replace(/:.*/s, "")])).toEqual([
    ["basemap.geojson", 0, "not valid JSON"],
    ["shapes/dn-2025.geojson", 0, 'area "20209" has no shape'],
    ["shapes/dn-2025.geojson", 0, 'no area "x" in scheme dn-2025'],
  ]);
});

const statistic = `- id: rain-now
  domain: weather-hydro
  name: { vi: Mưa, en: Rain }
  question: { vi: Mưa bao nhiêu?, en: How much rain? }
  measures: { vi: lượng mưa, en: rainfall }
  input:
    - { kind: rain-gauge, properties: [rain] }
  pipeline: [{ op: sum }]
  unit: mm
  decimals: 1
  window: PT1H
  groups: [station]
  rollUp: max
  refreshSeconds: 600
  audience: [public]
  chart: bar
  method: { vi: cộng, en: sum }
  source: { vi: trạm mưa, en: rain gauges }
`;

test("definitions are checked against the network, by the contract and by the engine", async () => {
  using folder = testPack();
  mkdirSync(join(folder.path, "statistics"));
  const write = (text: string): void => writeFileSync(join(folder.path, "statistics/weather-hydro.yaml"), text);
  write(statistic);
  expect((await readPack(folder.path)).pack?.statistics.map((item) => item.id)).toEqual(["rain-now"]);

  write(statistic.replace("[rain]", "[rain, snow]").replace("window: PT1H", "window: 1h"));
  const broken = await readPack(folder.path);
  expect(broken.problems.map((item) => [item.line, item.path])).toEqual([[11, "[0].window"]]);
  write(statistic.replace("[rain]", "[rain, snow]"));
  const unknown = await readPack(folder.path);
  expect(unknown.problems.map((item) => [item.line, item.path])).toEqual([[7, "[0].input[0].properties[1]"]]);

  write(statistic);
  const judged = await readPack(folder.path, {
    statistic: (item) => [`op ${String(item.pipeline[0]?.op)} is not wanted`],
  });
  expect(judged.pack).toBeNull();
  expect(judged.problems).toEqual([
    expect.objectContaining({
      file: "statistics/weather-hydro.yaml",
      line: 1,
      problem: "rain-now: op sum is not wanted",
    }),
  ]);
});

test("a probability that no forecast of the pack gives is a problem", async () => {
  using folder = testPack();
  mkdirSync(join(folder.path, "warnings"));
  const file = "warnings/forecasts.yaml";
  folder.write(file, readFileSync(join(danang, file), "utf8"));
  const { problems } = await readPack(folder.path);
  expect(problems.map(({ problem }) => problem)).toEqual(
    ["river-level", "intake-salinity", "pm25-day"].map((id) => `there is no forecast "${id}"`),
  );
  expect(problems[0]?.path).toBe("[1].skill.probability.forecast");
});
