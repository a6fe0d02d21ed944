import { z } from "zod";
import type { Cell as Value, FrameColumn, LocalizedText } from "@ioc/contracts";
import type { Result, Rows } from "../grid.ts";
import { cellsOf } from "../operators/cells.ts";
import type { Cell } from "../operators/cells.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { areasOf } from "../view.ts";
import { duration, text } from "./parameters.ts";
import { rowsOf } from "./rows.ts";
import { subjectsOf } from "./tally-subjects.ts";

const parameters = z.strictObject({
  dataset: z.string(),
  /** Columns with the degrees of a place. */
  lon: z.string(),
  lat: z.string(),
  /** Column with the time of a row, and how far back rows count. */
  time: z.string(),
  rolling: duration,
  /** Edge of a cell, m. */
  size: z.number().positive(),
  /** Rows that make a cell a hotspot. */
  least: z.int().positive(),
  area: z.string().default("area_code"),
  /** Groupings in which the hotspots take the place of the rows. */
  rowsIn: z.array(z.string()).default([]),
  names: z.strictObject({ cell: text, value: text }),
  unit: z.string(),
});
type Parameters = z.infer<typeof parameters>;

function columnOf(rows: Rows, name: string) {
  const column = rows.columns.get(name);
  if (!column) throw new Error(`there is no column "${name}"; known: ${[...rows.columns.keys()].join(", ")}`);
  return column;
}

/** Rows of the view whose time lies in the span that ends now. */
function recent(rows: Rows, spec: Parameters, context: StepContext): number[] {
  const times = columnOf(rows, spec.time);
  const { of } = subjectsOf(
    rows,
    { groups: {}, area: spec.area },
    { ...context, view: { ...context.view, group: "city" } },
  );
  return rows.index.filter((row) => {
    const time = times[row];
    return typeof time === "number" && time > context.now - spec.rolling && time <= context.now && of(row) !== null;
  });
}

/** Cells named by the area that most of their rows are of, numbered within it. */
function namesOf(cells: readonly Cell[], areaAt: (member: number) => string | null, context: StepContext) {
  const areas = areasOf(context.network);
  const used = new Map<string, number>();
  const labels: Record<string, LocalizedText> = {};
  for (const cell of cells) {
    const codes = Map.groupBy(cell.members, areaAt);
    const [code] = [...codes].sort(([, a], [, b]) => b.length - a.length)[0] ?? [null];
    const area = code === null ? undefined : areas.get(code);
    if (!area) continue;
    const number = (used.get(area.id) ?? 0) + 1;
    used.set(area.id, number);
    labels[cell.id] = { vi: `${area.name.vi}, ô ${number}`, en: `${area.name.en}, cell ${number}` };
  }
  return labels;
}

function frameOf(cells: readonly Cell[], labels: Record<string, LocalizedText>, { names, unit }: Parameters) {
  const columns: FrameColumn[] = [
    { id: "subject", name: names.cell, type: "text", role: "x", labels },
    { id: "value", name: names.value, type: "number", unit, decimals: 0, role: "value" },
    { id: "lat", name: { vi: "Vĩ độ", en: "Latitude" }, type: "number", decimals: 5 },
    { id: "lon", name: { vi: "Kinh độ", en: "Longitude" }, type: "number", decimals: 5 },
  ];
  return { columns, rows: cells.map((cell): Value[] => [cell.id, cell.members.length, cell.lat, cell.lon]) };
}

/**
 * Places where rows pile up: square cells with at least `least` rows of the span that ends now. The facts `hotspots` (their
 * number), `hotspotRows` (rows in them) and `hotspot` (name of the densest) are added; in the groupings of `rowsIn` the cells
 * with their middles take the place of the table, for a map. Rows without a place count in no cell.
 */
export const hotspots = defineStep({
  op: "hotspots",
  doc: {
    vi: "Điểm nóng: ô vuông cạnh `size` mét có ít nhất `least` dòng trong khoảng thời gian gần nhất",
    en: "Hotspots: square cells of `size` metres with at least `least` rows of the latest span",
  },
  takes: "result",
  gives: "result",
  params: parameters,
  problems: ({ dataset }, definition) =>
    definition.input.some((input) => "dataset" in input && input.dataset === dataset)
      ? []
      : [`dataset "${dataset}" is not among the inputs`],
  reads: ({ dataset }) => [{ kind: "rows", dataset }],
  run: (input, spec, context): Result => {
    const rows = rowsOf(spec.dataset, context);
    const members = recent(rows, spec, context);
    const [lons, lats, codes] = [columnOf(rows, spec.lon), columnOf(rows, spec.lat), rows.columns.get(spec.area)];
    const points = members.map((row) => {
      const [lon, lat] = [lons[row], lats[row]];
      return typeof lon === "number" && typeof lat === "number" ? { lon, lat } : null;
    });
    const cells = cellsOf(points, spec.size).filter((cell) => cell.members.length >= spec.least);
    const areaAt = (member: number) => {
      const code = codes?.[members[member] ?? -1] ?? null;
      return code === null ? null : String(code);
    };
    const labels = namesOf(cells, areaAt, context);
    const densest = cells[0];
    const facts = {
      ...input.facts,
      hotspots: cells.length,
      hotspotRows: cells.reduce((sum, cell) => sum + cell.members.length, 0),
      hotspot: densest ? (labels[densest.id] ?? null) : null,
      hotspotMost: densest ? densest.members.length : null,
    };
    return spec.rowsIn.includes(context.view.group)
      ? { ...input, ...frameOf(cells, labels, spec), facts }
      : { ...input, facts };
  },
});
