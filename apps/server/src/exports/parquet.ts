import { ByteWriter, ParquetWriter, schemaFromColumnData, type ColumnSource } from "hyparquet-writer";
import type { ExportPage } from "./export-rows.ts";

/** Rows that are encoded together and held in memory until then. */
const groupRows = 50_000;

type Columns = Record<string, unknown[]>;

const text = ["datastream", "station", "property", "unit"];
const columnTypes = {
  raw: {
    phenomenonTime: "TIMESTAMP",
    result: "DOUBLE",
    quality: "INT32",
    reasons: "STRING",
    resultTime: "TIMESTAMP",
  },
  buckets: {
    bucketEnd: "TIMESTAMP",
    count: "INT64",
    mean: "DOUBLE",
    sum: "DOUBLE",
    min: "DOUBLE",
    max: "DOUBLE",
    last: "DOUBLE",
  },
} as const;

/**
 * Rows as a Parquet file with the columns of the CSV; times are TIMESTAMP_MILLIS in UTC, several reasons are parted by spaces.
 * Written row group by row group of 50,000 rows, each compressed with Snappy; only the table of contents at the end grows with
 * the file (about 1 KB a group).
 */
export async function* parquetOf(
  pages: AsyncIterable<ExportPage>,
  kind: ExportPage["kind"],
): AsyncGenerator<Uint8Array> {
  const sink = new ByteWriter();
  const file = new ParquetWriter({
    writer: sink,
    schema: schemaFromColumnData({ columnData: sourcesOf(kind, emptyColumns(kind)) }),
    createdBy: "City IOC",
  });
  let columns = emptyColumns(kind);
  let rows = 0;
  for await (const page of pages) {
    rows += addPage(columns, page);
    if (rows < groupRows) continue;
    await file.write({ columnData: sourcesOf(kind, columns), rowGroupSize: rows });
    yield taken(sink);
    columns = emptyColumns(kind);
    rows = 0;
  }
  if (rows > 0) await file.write({ columnData: sourcesOf(kind, columns), rowGroupSize: rows });
  await file.finish();
  yield taken(sink);
}

/** The bytes that were written, which are then forgotten; the writer goes on counting them. */
function taken(sink: ByteWriter): Uint8Array {
  const bytes = new Uint8Array(sink.getBuffer());
  sink.index = 0;
  return bytes;
}

function emptyColumns(kind: ExportPage["kind"]): Columns {
  return Object.fromEntries([...text, ...Object.keys(columnTypes[kind])].map((name) => [name, []]));
}

function sourcesOf(kind: ExportPage["kind"], columns: Columns): ColumnSource[] {
  const types: Record<string, NonNullable<ColumnSource["type"]>> = columnTypes[kind];
  return Object.entries(columns).map(([name, data]) => ({
    name,
    data,
    type: types[name] ?? "STRING",
    nullable: name === "result",
    // Pages are not looked up by a reader of whole columns, and their places would stay in memory until the end.
    offsetIndex: false,
  }));
}

/** Adds the rows of a page to the columns. Answers how many they were. */
function addPage(columns: Columns, page: ExportPage): number {
  const { id, station, property, unit } = page.stream;
  const add = (name: string, values: Iterable<unknown>) => {
    const column = columns[name];
    for (const value of values) column?.push(value);
  };
  const count = page.kind === "raw" ? page.readings.length : page.buckets.time.length;
  const repeated = { datastream: id, station, property, unit };
  for (const [name, value] of Object.entries(repeated))
    add(
      name,
      Array.from({ length: count }, () => value),
    );
  if (page.kind === "raw") {
    for (const one of page.readings) {
      columns["phenomenonTime"]?.push(BigInt(one.phenomenonTime));
      columns["result"]?.push(one.result);
      columns["quality"]?.push(one.quality);
      columns["reasons"]?.push(one.reasons.join(" "));
      columns["resultTime"]?.push(BigInt(one.resultTime));
    }
    return count;
  }
  const { time, count: counts, sum, min, max, last } = page.buckets;
  add("bucketEnd", time.map(BigInt));
  add("count", counts.map(BigInt));
  add(
    "mean",
    sum.map((total, i) => total / (counts[i] ?? NaN)),
  );
  for (const [name, values] of Object.entries({ sum, min, max, last })) add(name, values);
  return count;
}
