import { csvField } from "../api/frame-csv.ts";
import type { ExportPage } from "./export-rows.ts";

const headers = {
  raw: "datastream,station,property,unit,phenomenonTime,result,quality,reasons,resultTime",
  buckets: "datastream,station,property,unit,bucketEnd,count,mean,sum,min,max,last",
};

/**
 * Rows as CSV (RFC 4180, UTF-8). The first row names the columns; a missing result is an empty field; several reasons are
 * parted by spaces.
 * @param iso writes an instant
 */
export async function* csvOf(
  pages: AsyncIterable<ExportPage>,
  kind: ExportPage["kind"],
  bom: boolean,
  iso: (time: number) => string,
): AsyncGenerator<string> {
  let text = `${bom ? "\ufeff" : ""}${headers[kind]}\r\n`;
  for await (const page of pages) {
    const { id, station, property, unit } = page.stream;
    const begin = [id, station, property, unit].map(csvField).join(",");
    if (page.kind === "raw") {
      for (const { phenomenonTime, result, quality, reasons, resultTime } of page.readings) {
        const why = csvField(reasons.join(" "));
        text += `${begin},${iso(phenomenonTime)},${result ?? ""},${quality},${why},${iso(resultTime)}\r\n`;
      }
    } else {
      const { time, count, sum, min, max, last } = page.buckets;
      for (const [i, end] of time.entries()) {
        const mean = (sum[i] ?? NaN) / (count[i] ?? NaN);
        text += `${begin},${iso(end)},${count[i]},${mean},${sum[i]},${min[i]},${max[i]},${last[i]}\r\n`;
      }
    }
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}
