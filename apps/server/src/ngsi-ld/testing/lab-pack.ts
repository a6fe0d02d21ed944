import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const pack = resolve(import.meta.dirname, "../../../../../fixtures/danang");

const labTypes = `
  IndoorEnvironmentObserved:
    model: dataModel.Environment
    attributes:
      temperature: { property: temp, unit: Cel }
      relativeHumidity: { property: rh, unit: "1" }
      peopleCount: { property: people }
    ignore: [illuminance, atmosphericPressure, CO, NO, NOx, NO2, SO2]
  PhreaticObserved:
    model: dataModel.Environment
    attributes: { waterTable: { property: water_table }, depth: { property: depth } }
    ignore: [investigationDepth, pressure]
  ElectroMagneticObserved:
    model: dataModel.Environment
    attributes: { eMF: { property: emf } }
    ignore: [reliability]
  NightSkyQuality:
    model: dataModel.Environment
    time: dateModified
    attributes: { ambientTemperature: { property: temp }, skyTemperature: { property: sky_temp } }
    ignore: [battery, sigmaMagnitude, skyMagnitude]
  MosquitoDensity:
    model: dataModel.Environment
    attributes: { airTemperature.instValue: { property: temp }, femaleTotal: { property: people } }
    ignore: [speciesTotal, maleTotal, precipitation]
`;
const labProperties: readonly [string, string][] = [
  ["temp", "Cel"],
  ["rh", '"%"'],
  ["people", '"{persons}"'],
  ["water_table", "m"],
  ["depth", "m"],
  ["emf", "V/m"],
  ["sky_temp", "Cel"],
];

/** Writes the model city's pack with a kind of stations more, which measure what the city does not. */
export function writeLabPack(path: string): void {
  cpSync(pack, path, { recursive: true });
  const write = (file: string, text: string) => writeFileSync(join(path, file), text);
  const mapping = readFileSync(join(pack, "ngsi-ld.yaml"), "utf8");
  write("ngsi-ld.yaml", mapping.replace("refused:\n", `${labTypes.slice(1)}refused:\n`));
  write("city.yaml", readFileSync(join(pack, "city.yaml"), "utf8").replace(/^scenarios: .*\n/m, ""));
  const properties = labProperties.map(
    ([id, unit]) =>
      `  - { id: ${id}, name: { vi: x, en: x }, unit: ${unit}, kind: instant, period: PT1H, decimals: 1 }`,
  );
  const kind =
    "id: lab\nname: { vi: x, en: x }\nowner: ioc\nglyph: flask\ndomain: air\nprimary: temp\nprefix: lab\nproperties:\n";
  write("kinds/lab.yaml", `${kind}${properties.join("\n")}\n`);
  const template = readFileSync(join(pack, "stations", "weather.csv"), "utf8")
    .split("\n")
    .filter((line) => !line.startsWith("#"));
  const lab = [1, 2, 3, 4, 5, 6].flatMap((n) => {
    return Array.from({ length: 5 }, (_, i) => template[1]!.replace(/^[^,]*/, `lab-${n}${i}`));
  });
  const header = template[0]!.replace(/,attr\.[^,]*/g, "");
  const width = header.split(",").length;
  write("stations/lab.csv", [header, ...lab.map((line) => line.split(",").slice(0, width).join(","))].join("\n"));
}
