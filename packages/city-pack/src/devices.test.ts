import { expect, test } from "vitest";
import type { DeviceCheck } from "./check-devices.ts";
import { readPack } from "./read-pack.ts";
import { danang, testPack } from "./test-pack.ts";

const file = "devices.yaml";

/** Problems of a pack with these devices: line, path, problem and remedy. */
async function problemsOf(text: string, device?: DeviceCheck) {
  using folder = testPack();
  folder.write(file, text);
  const { pack, problems } = await readPack(folder.path, device ? { device } : {});
  expect(pack === null).toBe(problems.length > 0);
  expect(problems.every((one) => one.file === file)).toBe(true);
  return problems.map(({ line, path, problem, remedy }) => ({ line, path, problem, remedy }));
}

test("the devices of the model city are read, with the defaults filled in", async () => {
  const { pack, problems } = await readPack(danang);
  expect(problems).toEqual([]);
  expect(pack?.devices.length).toBeGreaterThan(5);
  expect(pack?.devices[0]).toEqual({
    devEui: "70B3D57ED0050101",
    esp8266: null,
    model: "milesight/em400-tld",
    station: "sf-phuong-an-khe",
    parameters: {},
    fields: { distance: { property: "depth", scale: -1, offset: 2400 } },
  });
  expect(pack?.devices.find((one) => one.esp8266 !== null)).toMatchObject({ devEui: null, model: null, fields: null });
});

test("a pack without devices has none", async () => {
  using folder = testPack();
  folder.remove(file);
  expect((await readPack(folder.path)).pack?.devices).toEqual([]);
});

const good = '- { devEui: "70b3d5-7ed0-050101", model: a/b, station: sf-phuong-an-khe, fields: { distance: depth } }\n';

test("an EUI may be written in any case and with separators", async () => {
  using folder = testPack();
  folder.write(file, good);
  expect((await readPack(folder.path)).pack?.devices[0]?.devEui).toBe("70B3D57ED0050101");
});

test.each([
  ["unknown station", good.replace("sf-phuong-an-khe", "sf-khe"), "[0].station", /no station "sf-khe"/, /stations/],
  [
    "unknown property",
    good.replace("depth", "level"),
    "[0].fields.distance",
    /no property "level"/,
    /use one of: depth/,
  ],
  ["EUI too short", good.replace("050101", "0501"), "[0].devEui", /16 hexadecimal digits/, /.+/],
  ["no name", good.replace(/devEui: "[^"]*", /, ""), "[0]", /one name/, /give one of the two/],
  ["two names", good.replace("{ devEui", '{ esp8266: "1", devEui'), "[0]", /one name/, /give one of the two/],
  ["no model", good.replace("model: a/b, ", ""), "[0].model", /"model" is missing/, /milesight/],
  ["no fields", good.replace(", fields: { distance: depth }", ""), "[0].fields", /"fields" is missing/, /.+/],
  ["misspelt key", good.replace("station:", "staton:"), "[0].staton", /unknown key "staton"/, /.+/],
  [
    "unit that is none",
    good.replace(": depth", ": { property: depth, unit: µm }"),
    "[0].fields.distance.unit",
    /UCUM/,
    /.+/,
  ],
  [
    "misspelt key of a field",
    good.replace(": depth", ": { property: depth, scal: 2 }"),
    "[0].fields.distance.scal",
    /unknown key "scal"/,
    /.+/,
  ],
  ["number unquoted", "- { esp8266: 12779556, station: as-cho-con }\n", "[0].esp8266", /expected string/, /.+/],
])("%s", async (_name, text, path, problem, remedy) => {
  const [found] = (await problemsOf(text)).filter((one) => one.path === path);
  expect(found).toMatchObject({
    line: 1,
    problem: expect.stringMatching(problem) as string,
    remedy: expect.stringMatching(remedy) as string,
  });
});

test("the same device twice is refused, however its EUI is written", async () => {
  const [found] = await problemsOf(good + good.replace("70b3d5-7ed0-050101", "70B3D57ED0050101"));
  expect(found).toMatchObject({
    line: 2,
    path: "[1].devEui",
    problem: expect.stringContaining("first at devices.yaml:1") as string,
  });
});

test("what a decoder objects to is told at its place", async () => {
  const found = await problemsOf(good, () => [
    { path: ["model"], problem: "no decoder for a/b", remedy: "use another" },
  ]);
  expect(found).toEqual([{ line: 1, path: "[0].model", problem: "no decoder for a/b", remedy: "use another" }]);
});
