import type { Station } from "@ioc/contracts";
import { parseCsv } from "./csv.ts";
import type { CsvRow } from "./csv.ts";
import type { PackFiles } from "./pack-files.ts";
import type { Place, Placed } from "./problems.ts";
import type { KindSource } from "./read-network.ts";
import { stationEntry } from "./schemas.ts";
import type { CityFile } from "./schemas.ts";

const required = ["id", "name_vi", "name_en", "lat", "lon", "position", "basis"];

function numberOr(cell: string): unknown {
  const value = Number(cell);
  return cell.trim() === "" || Number.isNaN(value) ? cell : value;
}

function attributeOf(cell: string): string | number | boolean {
  if (cell === "true" || cell === "false") return cell === "true";
  return /^-?\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : cell;
}

/** Cells whose column starts with `prefix`, keyed by the rest of the column name; empty cells are left out. */
function group(cells: Record<string, string>, prefix: string): [string, string][] {
  return Object.entries(cells)
    .filter(([column, cell]) => column.startsWith(prefix) && cell !== "")
    .map(([column, cell]) => [column.slice(prefix.length), cell]);
}

function stationOf(kind: string, cells: Record<string, string>): unknown {
  return {
    id: cells["id"],
    kind,
    name: { vi: cells["name_vi"], en: cells["name_en"] },
    lat: numberOr(cells["lat"] ?? ""),
    lon: numberOr(cells["lon"] ?? ""),
    position: cells["position"],
    basis: cells["basis"],
    areas: Object.fromEntries(group(cells, "area.")),
    externalTo: (cells["external_to"] ?? "").split(" ").filter((scheme) => scheme !== ""),
    attributes: Object.fromEntries(group(cells, "attr.").map(([name, cell]) => [name, attributeOf(cell)])),
  };
}

/** Problems of the header line; false when the rows below it cannot be read. */
function checkHeader(files: PackFiles, place: Place, header: CsvRow, known: readonly string[]): boolean {
  const missing = required.filter((column) => !header.cells.includes(column));
  for (const column of missing) {
    files.problems.add(place, [column], `the column "${column}" is missing`, "add it to the header line");
  }
  for (const column of header.cells) {
    if (known.includes(column)) continue;
    files.problems.add(place, [column], `unknown column "${column}"`, `use one of: ${known.join(", ")}`);
  }
  const twice = header.cells.filter((column, index) => header.cells.indexOf(column) !== index);
  for (const column of twice) {
    files.problems.add(place, [column], `the column "${column}" comes twice`, "keep one of them");
  }
  return missing.length === 0 && twice.length === 0;
}

/** One `stations/<kind>.csv`. Columns: see the header check; `area.<scheme>`, `external_to` (schemes, space-separated), `attr.<name>`. */
function readStationFile(
  files: PackFiles,
  file: string,
  text: string,
  city: CityFile,
  kind: KindSource,
): Placed<Station>[] {
  const { rows, unclosed } = parseCsv(text);
  if (unclosed !== null) {
    files.problems.addFile(file, "a quotation mark is never closed", 'close it with "', unclosed);
  }
  const [header, ...body] = rows;
  if (!header) {
    files.problems.addFile(file, "the file is empty", `give at least a header line: ${required.join(",")}`);
    return [];
  }
  const areas = city.schemes.map((scheme) => `area.${scheme.id}`);
  const known = [...required, ...areas, "external_to", ...Object.keys(kind.attributes).map((name) => `attr.${name}`)];
  const headerPlace: Place = { file, path: [], lineOf: () => header.line };
  if (!checkHeader(files, headerPlace, header, known)) return [];
  const stations: Placed<Station>[] = [];
  for (const [index, row] of body.entries()) {
    const place: Place = { file, path: [index], lineOf: () => row.line };
    if (row.cells.length !== header.cells.length) {
      const problem = `the row has ${row.cells.length} cells, the header ${header.cells.length}`;
      files.problems.add(place, [], problem, "give one cell for each column; put texts with commas in quotes");
      continue;
    }
    const cells = Object.fromEntries(header.cells.map((column, at) => [column, row.cells[at] ?? ""]));
    const result = stationEntry.safeParse(stationOf(kind.kind.id, cells));
    if (result.success) stations.push({ value: result.data, place });
    else files.problems.addIssues(place, result.error.issues);
  }
  return stations;
}

/** `stations/<kind>.csv` of every kind that has sites. */
export async function readStations(
  files: PackFiles,
  city: CityFile,
  kinds: readonly Placed<KindSource>[],
): Promise<Placed<Station>[]> {
  const stations: Placed<Station>[] = [];
  for (const file of await files.list("stations", ".csv")) {
    const id = file.slice("stations/".length, -".csv".length);
    const kind = kinds.find(({ value }) => value.kind.id === id);
    const text = kind ? await files.text(file, true) : null;
    if (kind && text !== null) stations.push(...readStationFile(files, file, text, city, kind.value));
    else if (!kind) {
      files.problems.addFile(file, `there is no station kind "${id}"`, `add kinds/${id}.yaml or rename the file`);
    }
  }
  return stations;
}
