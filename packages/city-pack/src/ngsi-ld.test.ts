import { expect, test } from "vitest";
import { readPack } from "./read-pack.ts";
import { danang, testPack } from "./test-pack.ts";

const file = "ngsi-ld.yaml";
const good = `types:
  WeatherObserved:
    model: dataModel.Weather
    kinds: [weather]
    attributes: { temperature: { property: [temp] }, humidityTSA.instValue: { property: rh, unit: "1" } }
    ignore: [visibility]
refused: { Alert: no reading }
stations: { MAST-7: wx-hoa-xuan }
`;

async function problemsOf(text: string) {
  using folder = testPack();
  folder.write(file, text);
  const { pack, problems } = await readPack(folder.path);
  expect(pack === null).toBe(problems.length > 0);
  expect(problems.every((one) => one.file === file)).toBe(true);
  return problems.map(({ path, problem, remedy }) => ({ path, problem, remedy }));
}

test("the mapping of the model city is read, and a pack without one has none", async () => {
  const { pack } = await readPack(danang);
  expect(pack?.ngsiLd.types["WeatherObserved"]?.attributes["temperature"]).toEqual({
    properties: ["temp"],
    unit: "Cel",
  });
  using folder = testPack();
  folder.remove(file);
  expect((await readPack(folder.path)).pack?.ngsiLd).toEqual({ types: {}, refused: {}, stations: {} });
});

test("a good mapping has no problems", async () => {
  expect(await problemsOf(good)).toEqual([]);
});

test.each([
  ["kind", good.replace("[weather]", "[wether]"), "types.WeatherObserved.kinds[0]", /no kind "wether"/],
  ["property", good.replace("[temp]", "[tmp]"), "types.WeatherObserved.attributes.temperature", /has a property "tmp"/],
  ["station", good.replace("wx-hoa-xuan", "wx-none"), "stations.MAST-7", /no station "wx-none"/],
  ["unit", good.replace('"1"', "furlongs"), /\.unit$/, /not a UCUM unit code/],
  ["attribute name", good.replace("humidityTSA.instValue", '"a b"'), /attributes/, /invalid key/],
  [
    "taken and ignored",
    good.replace("[visibility]", "[temperature]"),
    "types.WeatherObserved.ignore",
    /both taken and/,
  ],
  [
    "taken and refused",
    good.replace("Alert:", "WeatherObserved:"),
    "refused.WeatherObserved",
    /both taken and refused/,
  ],
  [
    "kind of two types",
    good.replace("refused:", "  Other: { model: dataModel.Weather, kinds: [weather], attributes: {} }\nrefused:"),
    "types.Other.kinds[0]",
    /entities of type WeatherObserved already/,
  ],
])("a mapping with a wrong %s is told where", async (_, text, path, problem) => {
  const [first, ...more] = await problemsOf(text);
  expect(more).toEqual([]);
  expect(first?.path).toMatch(path);
  expect(first?.problem).toMatch(problem);
  expect(first?.remedy).not.toBe("");
});
