import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parseCsv } from "@ioc/city-pack";
import { sharedData } from "@ioc/testkit";

/** Rows of a CSV file of the shared test data, zipped or not, as cells by the names of its header. */
export function readSharedTable(...path: string[]): Record<string, string>[] {
  const bytes = readFileSync(sharedData(...path));
  const { rows } = parseCsv((path.at(-1)!.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
  const header = rows[0]?.cells ?? [];
  return rows.slice(1).map(({ cells }) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ""])));
}
