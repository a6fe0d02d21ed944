import { chartKinds, type Cell, type ChartKind, type FrameColumn } from "@ioc/contracts";
import { cityTime, day, hour } from "../time.ts";
import { column, frameOf, sampleNow, specOf, type Sample } from "./frame-parts.ts";

/** What a frame may hold at its edges: how many subjects, and the value of each. */
const cases: Record<string, { count: number; value(index: number): number | null }> = {
  one: { count: 1, value: () => 42.5 },
  sixty: { count: 60, value: (index) => 3 + ((index * 37) % 60) * 1.4 },
  nulls: { count: 9, value: (index) => (index % 3 === 1 ? null : 4 + index * 3) },
  zeros: { count: 7, value: () => 0 },
  negative: { count: 8, value: (index) => (index - 4) * 12.5 },
  huge: { count: 8, value: (index) => [4_803_961_220, 2, 917_345, 88, 120_000_000, 0, 41_000, 7][index]! },
};

const value = column("value", "number", "value", "Giá trị", "Value", { unit: "{files}", decimals: 1 });

interface Layout {
  columns: FrameColumn[];
  rows(index: number, value: number | null): Cell[][];
}

const overTime = (step: number): Layout => ({
  columns: [column("time", "time", "x", "Thời điểm", "Time"), value],
  rows: (index, at) => [[sampleNow - (60 - index) * step, at]],
});
const byArea: Layout = {
  columns: [column("subject", "area", "x", "Khu vực", "Area"), value],
  rows: (index, at) => [[`area-${index}`, at]],
};
const shift = (at: number | null, by: number): number | null => (at === null ? null : at + by);

/** One frame layout for each kind, with the long names of `sampleName`. */
const layouts: Record<ChartKind, Layout> = {
  "sparkline-kpi": overTime(hour),
  gauge: overTime(hour),
  bullet: {
    columns: [
      byArea.columns[0]!,
      value,
      column("plan", "number", "reference", "Kế hoạch năm", "Plan of the year", { unit: "{files}", decimals: 1 }),
    ],
    rows: (index, at) => [[`agency-${index}`, at, 30]],
  },
  line: overTime(hour),
  area: {
    columns: [column("time", "time", "x"), column("part", "text", "series"), value],
    rows: (index, at) =>
      ["agency-1", "agency-2", "agency-3"].map((part) => [sampleNow - (60 - index) * hour, part, at]),
  },
  bar: byArea,
  "stacked-bar": {
    columns: [column("subject", "area", "x"), column("part", "text", "series"), value],
    rows: (index, at) => Array.from({ length: 8 }, (_, part) => [`area-${index}`, `agency-${part}`, at]),
  },
  histogram: {
    columns: [
      column("class", "number", "x", "Số ngày làm việc", "Working days", { unit: "d", decimals: 0 }),
      column("to", "number", undefined, "Đến", "To", { unit: "d", decimals: 0 }),
      value,
    ],
    rows: (index, at) => [[index * 2, index * 2 + 2, at]],
  },
  boxplot: {
    columns: [
      column("subject", "station", "x"),
      column("low", "number", "low"),
      column("q1", "number", "q1"),
      value,
      column("q3", "number", "q3"),
      column("high", "number", "high"),
      column("n", "number"),
    ],
    rows: (index, at) => [
      [`station-${index}`, shift(at, -3), shift(at, -1), at, shift(at, 2), shift(at, 9), 40 + index],
    ],
  },
  heatmap: {
    columns: [column("time", "time", "x"), column("subject", "station", "y"), value],
    rows: (index, at) =>
      Array.from({ length: 24 }, (_, slot) => [
        sampleNow - (23 - slot) * hour,
        `station-${index}`,
        slot === 5 ? null : at,
      ]),
  },
  calendar: {
    columns: [column("time", "time", "x"), value],
    rows: (index, at) => [[cityTime(2026, 8, 20) + index * day, at]],
  },
  choropleth: byArea,
  "point-map": {
    columns: [column("subject", "station", "x"), value, column("lat", "number"), column("lon", "number")],
    rows: (index, at) => [[`station-${index}`, at, 15.9 + (index % 9) * 0.05, 108 + Math.floor(index / 9) * 0.06]],
  },
  "wind-rose": {
    columns: [column("sector", "text", "x"), column("class", "text", "series"), value],
    rows: (index, at) => [
      [
        ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"][
          index % 16
        ]!,
        `${Math.floor(index / 16) * 2}-${Math.floor(index / 16) * 2 + 2}`,
        at,
      ],
    ],
  },
  radar: {
    columns: [column("axis", "text", "x"), value, column("max", "number", "max")],
    rows: (index, at) => [[`agency-${index}`, at, null]],
  },
  sankey: {
    columns: [column("from", "text", "from", "Từ", "From"), column("to", "text", "to", "Đến", "To"), value],
    rows: (index, at) => [[`agency-${index % 9}`, `station-${index}`, at]],
  },
  treemap: {
    columns: [column("subject", "text", "x"), column("parent", "text", "parent"), value],
    rows: (index, at) => [[`agency-${index}`, `area-${index % 4}`, at]],
  },
  table: byArea,
};

/** Every chart kind with every case, named `histogram sixty`. */
export const edgeSamples: Record<string, Sample> = Object.fromEntries(
  chartKinds.flatMap((kind) =>
    Object.entries(cases).map(([name, { count, value: valueOf }]) => {
      const { columns, rows } = layouts[kind];
      const spec = specOf(
        kind,
        "Các nơi hơn kém nhau bao nhiêu?",
        "How do places differ?",
        "Giá trị theo nơi, 30 ngày qua",
        "Value by place, past 30 days",
      );
      const frame = frameOf({
        statistic: `edge-${kind}-${name}`,
        group: "ward",
        columns,
        rows: Array.from({ length: count }, (_, index) => rows(index, valueOf(index))).flat(),
        value: valueOf(count - 1) ?? valueOf(0),
        unit: "{files}",
        decimals: 1,
        synthetic: true,
        target: { op: ">=", value: 20, basis: "project", source: "x" },
        targetMet: false,
        window: { from: sampleNow - 60 * hour, to: sampleNow },
      });
      return [`${kind} ${name}`, { spec, frame }];
    }),
  ),
);
