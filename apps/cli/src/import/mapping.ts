import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { qualityFlag } from "@ioc/contracts";

/** A column by its name in the header, or by its position, 1 for the first. */
const column = z.union([z.string().min(1), z.int().positive()]);
export type Column = z.infer<typeof column>;

const format = z.strictObject({
  delimiter: z.string().min(1).max(1).default(","),
  /** Any label of the WHATWG encoding standard: utf-8, latin1, windows-1258, utf-16le … */
  encoding: z.string().default("utf-8"),
  /** The first line names the columns. */
  header: z.boolean().default(true),
  /** Fields of each row, where that differs from the header; other rows are quarantined. */
  columns: z.int().positive().optional(),
  /** Texts that stand for "no value". */
  missing: z.array(z.string()).default([""]),
  decimal: z.enum([".", ","]).default("."),
});

const time = z.strictObject({
  column: column.optional(),
  /** `iso`, `epoch-s`, `epoch-ms` or a pattern such as `YYYY/MM/DD HH:mm:ss`. */
  format: z.string().default("iso"),
  /** One column for each part; what is absent is 0. */
  parts: z
    .strictObject({
      year: column,
      month: column,
      day: column,
      hour: column.optional(),
      minute: column.optional(),
      second: column.optional(),
    })
    .optional(),
  /** UTC offset of times that name none. */
  offset: z.string().default("Z"),
  /** Minutes to add, where the source labels an interval by its beginning: ours are labelled by their end. */
  addMinutes: z.number().default(0),
});

const station = z.strictObject({
  /** Column with the source's own name or number. */
  column: column.optional(),
  /** Id with `{value}` for what is in the column, in lower case with hyphens; or a whole id when there is no column. */
  id: z.string().default("{value}"),
});

const wide = z
  .array(
    z.strictObject({
      column,
      property: z.string(),
      unit: z.string().optional(),
      /** Column with the source's own quality flag of this value. */
      flag: column.optional(),
      /** Numbers that stand for texts, such as degrees for `NNE`. */
      texts: z.record(z.string(), z.number()).optional(),
    }),
  )
  .min(1);

/** One reading a row, whose property and unit are told by columns. */
const long = z.strictObject({
  value: column,
  /** Columns whose texts, in lower case and joined by underscores, are the property's id; empty texts are left out. */
  property: z.array(column).min(1),
  /** UCUM code for each text of the unit's column. */
  unit: z.strictObject({ column, table: z.record(z.string(), z.string()) }).optional(),
  flag: column.optional(),
});

/** What the flags of a source mean. The first word of a cell is its flag; what follows are codes that are kept with it. */
const flags = z.strictObject({
  /** Quality for each flag; others are quarantined. A better local verdict never improves it. */
  quality: z.record(z.string(), qualityFlag),
  /** Whole texts that say nothing worth keeping, such as the flag for good. */
  silent: z.array(z.string()).default([]),
});

const mappingFile = z
  .strictObject({
    /** What the file is and where it is from, for people. */
    about: z.string(),
    format: format.prefault({}),
    time,
    station,
    values: wide.optional(),
    long: long.optional(),
    flags: flags.optional(),
  })
  .refine((m) => (m.values === undefined) !== (m.long === undefined), { message: "give either `values` or `long`" })
  .refine((m) => (m.time.column === undefined) !== (m.time.parts === undefined), {
    message: "give either `time.column` or `time.parts`",
  })
  .refine((m) => m.flags !== undefined || !(m.long?.flag ?? m.values?.find((one) => one.flag !== undefined)), {
    message: "a column `flag` is named: say under `flags` what its texts mean",
  })
  .refine((m) => m.station.column !== undefined || !m.station.id.includes("{value}"), {
    message: "`station.id` without `station.column` must be a whole id",
  });

/** How the columns of a file become readings. */
export type Mapping = z.infer<typeof mappingFile>;

/** @throws {Error} that names the file, each place and what would be right. */
export async function readMapping(file: string): Promise<Mapping> {
  const parsed = mappingFile.safeParse(parse(await readFile(file, "utf8")));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".") || "(file)"}: ${issue.message}`);
  throw new Error([`the mapping ${file} does not fit:`, ...lines].join("\n"));
}
