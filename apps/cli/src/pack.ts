import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { textRowCheck } from "@ioc/catalogue";
import { checkForecast, checkRegression } from "@ioc/city-forecasts";
import { datastreamSpecs, networkOf, readPack, setBoundaries } from "@ioc/city-pack";
import type { CityPack, PackProblem } from "@ioc/city-pack";
import { deviceProblems } from "@ioc/lorawan";
import { checkStatistic } from "@ioc/statistics";
import { checkWarning } from "@ioc/warnings";

const defaultPack = "fixtures/danang";
/** More would only scroll the first ones away; the number left out is said. */
const mostProblems = 200;

function problemLines(problems: readonly PackProblem[]): string {
  const lines = problems.slice(0, mostProblems).map(({ file, line, path, problem, remedy }) => {
    const where = line > 0 ? `${file}:${line}` : file;
    return `${where}${path === "" ? "" : `  ${path}`}\n  ${problem}\n  → ${remedy}\n`;
  });
  const left = problems.length - lines.length;
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return `${lines.join("")}${left > 0 ? `… and ${left} more\n` : ""}${count}\n`;
}

function summaryLines(pack: CityPack): string {
  const rows: [string, string | number][] = [
    ["city", `${pack.name.vi} (${pack.id})`],
    ["domains", pack.domains.length],
    ["agencies", pack.agencies.length],
    ["station kinds", pack.kinds.length],
    ["stations", pack.stations.length],
  ];
  for (const scheme of pack.schemes) {
    const network = networkOf(pack, scheme.id);
    const areas = pack.areas.filter((area) => area.scheme === scheme.id).length;
    const figures = `${areas} areas, ${network.stations.length} stations, ${datastreamSpecs(network).length} datastreams`;
    rows.push([scheme.id === pack.scheme ? `scheme ${scheme.id}*` : `scheme ${scheme.id}`, figures]);
  }
  rows.push(
    ["centres", pack.centres.length],
    ["devices", pack.devices.length],
    ["statistics", pack.statistics.length],
    ["warnings", pack.warnings.length],
    ["forecasts", pack.forecasts.length],
    ["regressions", pack.regressions.length],
    ["datasets", pack.datasets.length],
  );
  rows.push(["reference tables", Object.keys(pack.reference).length], ["scenarios", pack.scenarios.length]);
  rows.push(["boundaries", pack.boundaries], ["base map", `${pack.basemap.features.length} features`]);
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, value]) => `${name.padEnd(width)}${value}\n`).join("");
}

/**
 * `ioc pack check [DIR]`: lists every problem of a city pack with file, line and remedy, or says what is in it. Writes to standard
 * output; answers the exit code: 0 when the pack is good, 1 when not, 2 for wrong arguments.
 */
export async function packCheck(args: readonly string[]): Promise<number> {
  let positionals: string[];
  try {
    ({ positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} }));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nusage: ioc pack check [DIR]\n`);
    return 2;
  }
  const folder = resolve(positionals[0] ?? process.env["IOC_CITY"] ?? defaultPack);
  const { pack, problems } = await readPack(folder, {
    statistic: checkStatistic,
    warning: checkWarning,
    forecast: checkForecast,
    regression: checkRegression,
    row: textRowCheck,
    device: ({ model, parameters }) => (model === null ? [] : deviceProblems(model, parameters)),
  });
  process.stdout.write(pack ? summaryLines(pack) : problemLines(problems));
  return pack ? 0 : 1;
}

/**
 * `ioc pack set-boundaries FILE.geojson [--pack DIR] [--scheme ID] [--source TEXT]`: replaces area shapes by official ones, or says
 * why not and changes nothing. Answers the exit code as {@link packCheck} does.
 */
export async function packSetBoundaries(args: readonly string[]): Promise<number> {
  const options = { pack: { type: "string" }, scheme: { type: "string" }, source: { type: "string" } } as const;
  const usage = "usage: ioc pack set-boundaries FILE.geojson[.gz] [--pack DIR] [--scheme ID] [--source TEXT]\n";
  let parsed: { positionals: string[]; values: { pack?: string; scheme?: string; source?: string } };
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  const { positionals, values } = parsed;
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    process.stderr.write(usage);
    return 2;
  }
  const folder = resolve(values.pack ?? process.env["IOC_CITY"] ?? defaultPack);
  const report = await setBoundaries(folder, resolve(file), { scheme: values.scheme, source: values.source });
  if (!report.ok) {
    process.stdout.write(`${problemLines(report.problems)}nothing was changed\n`);
    return 1;
  }
  const { before, after } = report.positions;
  const matched = report.matched ? `, matched by ${report.matched.by} in "${report.matched.key}"` : "";
  process.stdout.write(
    `${report.areas} shapes of ${report.scheme} set${matched}; ${before} positions became ${after}\n`,
  );
  return 0;
}
