import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { networkOf } from "./network.ts";
import { readPackRows } from "./read-datasets.ts";
import { readPack } from "./read-pack.ts";
import { testPack, type TestPack } from "./test-pack.ts";

const definitions = `- id: shelters
  name: { vi: Nơi sơ tán, en: Shelters }
  group: disaster
  publisher: ioc
  frequency: P1Y
  classification: open
  licence: CC-BY-4.0
  origin: pack
  rows: shelters.csv
  source: { vi: Tự đặt, en: Invented }
  time: since
  keep: P10Y
  columns:
    - { id: shelter_id, type: string, key: true }
    - { id: since, type: date }
    - { id: location, type: geo-point }
    - { id: capacity, type: integer, unit: "{person}" }
    - { id: kind, type: category, values: [{ id: school, name: { vi: Trường, en: School } }] }
`;
const rows = `# Invented
shelter_id,since,location,capacity,kind
s-1,2020-01-01,"[108.2,16.06]",120,school
s-2,,,,
`;

/** The model city's pack with one dataset of its own. */
function datasetPack(text = definitions, csv = rows): TestPack {
  const pack = testPack();
  pack.remove("datasets");
  mkdirSync(join(pack.path, "datasets/rows"), { recursive: true });
  pack.write("datasets/disaster.yaml", text);
  pack.write("datasets/rows/shelters.csv", csv);
  return pack;
}

test("datasets are read, and the network has them and the agencies", async () => {
  using folder = datasetPack();
  const { pack, problems } = await readPack(folder.path);
  expect(problems).toEqual([]);
  expect(pack?.datasets).toMatchObject([{ id: "shelters", origin: "pack", synthetic: false, columns: { length: 5 } }]);
  const network = pack && networkOf(pack);
  expect(network?.datasets).toEqual(pack?.datasets);
  expect(network?.agencies.map(({ id }) => id)).toContain("ioc");
  folder.remove("datasets");
  expect((await readPack(folder.path)).pack?.datasets).toEqual([]);
});

const broken: [name: string, from: string, to: string, path: string, problem: RegExp][] = [
  ["publisher that is no agency", "publisher: ioc", "publisher: nobody", "[0].publisher", /no agency "nobody"/],
  ["frequency that is no duration", "frequency: P1Y", "frequency: yearly", "[0].frequency", /ISO 8601/],
  ["keep that is no duration", "keep: P10Y", "keep: 10", "[0].keep", /expected string|ISO 8601/],
  ["keep without a time", "  time: since\n", "", "[0].keep", /which column tells the age/],
  ["time that is no column", "time: since", "time: at", "[0].time", /no column "at"/],
  ["time of another type", "time: since", "time: kind", "[0].time", /"kind" is no time/],
  ["no key", ", key: true", "", "[0].columns", /no column is the key/],
  ["place as key", "type: geo-point }", "type: geo-point, key: true }", "[0].columns[2].key", /geo-point cannot be/],
  ["column twice", "id: since, type", "id: capacity, type", "[0].columns[3].id", /"capacity" is there twice/],
  [
    "column that a point gives",
    "id: since, type",
    "id: location_lat, type",
    "[0].columns[2].id",
    /"location_lat" is one/,
  ],
  ["unit that is no UCUM code", '"{person}"', "people/", "[0].columns[3].unit", /UCUM/],
  [
    "values of a number",
    "type: category, values",
    "type: integer, values",
    "[0].columns[4].values",
    /no list of values/,
  ],
  ["column name that is no id", "id: capacity", "id: Capacity", "[0].columns[3].id", /lower-case/],
  ["type that does not exist", "type: geo-point", "type: point", "[0].columns[2].type", /expected one of/],
  ["misspelt key", "keep: P10Y", "kept: P10Y", "[0].kept", /unknown key/],
  ["rows of another origin", "origin: pack", "origin: sent", "[0].rows", /origin sent are in no file/],
  ["no file named", "  rows: shelters.csv\n", "", "[0].rows", /"rows" is missing/],
  [
    "file that is not there",
    "rows: shelters.csv",
    "rows: shelter.csv",
    "[0].rows",
    /no file datasets\/rows\/shelter\.csv/,
  ],
  ["file outside", "rows: shelters.csv", "rows: ../../city.csv", "[0].rows", /name of a CSV file/],
];

test.each(broken)("%s", async (_name, from, to, path, problem) => {
  using folder = datasetPack();
  folder.replace("datasets/disaster.yaml", from, to);
  const { pack, problems } = await readPack(folder.path);
  expect(pack).toBeNull();
  const found = problems.find((one) => one.path === path && problem.test(one.problem));
  expect(found, JSON.stringify(problems)).toBeDefined();
  expect(found?.line).toBeGreaterThan(0);
});

test("a dataset twice, and a file of rows that nobody names", async () => {
  using folder = datasetPack();
  folder.write("datasets/more.yaml", definitions);
  folder.write("datasets/rows/left.csv", "a\n1\n");
  const { problems } = await readPack(folder.path);
  expect(problems.map(({ file, problem }) => [file, problem])).toEqual([
    ["datasets/more.yaml", 'dataset "shelters" is there twice (first at datasets/disaster.yaml:1)'],
    ["datasets/rows/left.csv", "no dataset names this file"],
  ]);
});

const row = () => (cells: Record<string, string>) =>
  /^\d*$/.test(cells["capacity"] ?? "") ? null : { column: "capacity", message: "give a number" };

test("rows are checked when it is known how, each with its line", async () => {
  using folder = datasetPack(definitions, `${rows}s-3,,,many,\n"s-4\n",,,few,\n`);
  expect((await readPack(folder.path)).problems).toEqual([]);
  const { problems } = await readPack(folder.path, { row });
  expect(problems.map(({ file, line, problem }) => `${file}:${line} ${problem}`)).toEqual([
    'datasets/rows/shelters.csv:5 column "capacity": give a number',
    'datasets/rows/shelters.csv:6 column "capacity": give a number',
  ]);
});

test.each([
  ["", /the file is empty/],
  ["a,b,a\n", /"a" comes twice/],
  ["a,b\n1\n", /1 cells, the header 2/],
  ['a,b\n"1,2\n', /never closed/],
])("a file that cannot be read as rows: %j", async (csv, problem) => {
  using folder = datasetPack(definitions, csv);
  expect((await readPack(folder.path, { row })).problems[0]?.problem).toMatch(problem);
  const { rows, problems } = await readPackRows(folder.path, { rows: "shelters.csv" });
  expect(rows).toBeNull();
  expect(problems[0]?.problem).toMatch(problem);
});

test("rows are texts by column, with a hash that changes with the file", async () => {
  using folder = datasetPack();
  const first = await readPackRows(folder.path, { rows: "shelters.csv" });
  expect(first.problems).toEqual([]);
  expect(first.rows?.rows).toEqual([
    {
      line: 3,
      cells: { shelter_id: "s-1", since: "2020-01-01", location: "[108.2,16.06]", capacity: "120", kind: "school" },
    },
    { line: 4, cells: { shelter_id: "s-2", since: "", location: "", capacity: "", kind: "" } },
  ]);
  folder.write("datasets/rows/shelters.csv", `${rows}s-3,,,,\n`);
  const second = await readPackRows(folder.path, { rows: "shelters.csv" });
  expect(second.rows?.hash).not.toBe(first.rows?.hash);
});

test("inputs of statistics name datasets and columns that are there; a point gives two of its own", async () => {
  using folder = datasetPack();
  mkdirSync(join(folder.path, "statistics"));
  const statistic = (input: string) => `- id: places
  domain: safety
  name: { vi: Sức chứa, en: Capacity }
  question: { vi: Bao nhiêu?, en: How many? }
  measures: { vi: sức chứa, en: capacity }
  input:
    - ${input}
  pipeline: [{ op: rows }]
  unit: "{person}"
  decimals: 0
  window: P1Y
  groups: [city]
  rollUp: sum
  refreshSeconds: 600
  audience: [public]
  chart: bar
  method: { vi: cộng, en: sum }
  source: { vi: tự đặt, en: invented }
`;
  const problemsOf = async (input: string) => {
    folder.write("statistics/safety.yaml", statistic(input));
    return (await readPack(folder.path)).problems.map(({ path, problem }) => [path, problem]);
  };
  expect(await problemsOf("{ dataset: shelters, columns: [capacity, location, location_lat] }")).toEqual([]);
  expect(await problemsOf("{ dataset: shelter, columns: [capacity] }")).toEqual([
    ["[0].input[0].dataset", 'there is no dataset "shelter"'],
  ]);
  expect(await problemsOf("{ dataset: shelters, columns: [capacity, beds] }")).toEqual([
    ["[0].input[0].columns[1]", 'dataset shelters has no column "beds"'],
  ]);
});
