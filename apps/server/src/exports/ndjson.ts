import type { ExportPage } from "./export-rows.ts";

/**
 * Rows as one JSON object a line, with the names of the columns of the CSV.
 * @param iso writes an instant
 */
export async function* ndjsonOf(
  pages: AsyncIterable<ExportPage>,
  iso: (time: number) => string,
): AsyncGenerator<string> {
  for await (const page of pages) {
    const { id: datastream, station, property, unit } = page.stream;
    const stream = { datastream, station, property, unit };
    const lines: string[] = [];
    if (page.kind === "raw") {
      for (const { phenomenonTime, result, quality, reasons, resultTime } of page.readings) {
        const times = { phenomenonTime: iso(phenomenonTime), result, quality, reasons, resultTime: iso(resultTime) };
        lines.push(JSON.stringify({ ...stream, ...times }));
      }
    } else {
      const { time, count, sum, min, max, last } = page.buckets;
      for (const [i, end] of time.entries()) {
        const mean = (sum[i] ?? NaN) / (count[i] ?? NaN);
        const values = { count: count[i], mean, sum: sum[i], min: min[i], max: max[i], last: last[i] };
        lines.push(JSON.stringify({ ...stream, bucketEnd: iso(end), ...values }));
      }
    }
    yield `${lines.join("\n")}\n`;
  }
}
