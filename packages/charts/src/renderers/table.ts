import type { Cell, FrameColumn } from "@ioc/contracts";
import { cellName } from "../columns.ts";
import { styleOf, type ChartPlan } from "../context.ts";
import { formatNumber } from "../format.ts";
import { canvas, stroke, text, type Shape } from "../plot.ts";
import { fitText, textWidth } from "../text.ts";
import { unitText } from "../units.ts";
import { words } from "../words.ts";
import { message } from "./message.ts";
import type { Drawing } from "./shared.ts";

/** Columns worth reading: places on a map and codes of state are left to the data file. */
function readable(column: FrameColumn): boolean {
  return !["lat", "lon"].includes(column.id) && column.role !== "status" && column.role !== "coverage";
}

/** Exact values: units in the header, numbers aligned right, as many rows and columns as fit. */
export function table(drawing: Drawing): ChartPlan {
  const { frame, context } = drawing;
  if (frame.rows.length === 0) return message(drawing);
  const style = styleOf(context);
  const { lang } = context;
  const all = frame.columns.map((column, index) => ({ column, index })).filter(({ column }) => readable(column));
  const row = Math.max(Math.round(style.line * 1.4), 24);
  const fits = Math.max(1, Math.floor((context.height - row) / row));
  const rows = frame.rows.slice(0, frame.rows.length <= fits ? fits : Math.max(1, fits - 1));
  const head = (column: FrameColumn): string => {
    const unit = column.type === "number" ? unitText(column.unit ?? "1", lang) : "";
    return unit === "" ? column.name[lang] : `${column.name[lang]} (${unit})`;
  };
  const cell = (value: Cell | undefined, column: FrameColumn): string =>
    column.type === "number" && typeof value === "number"
      ? formatNumber(value, lang, column.decimals ?? 0)
      : cellName(value, column, lang, context.nameOf);
  const most = context.width * (context.width < 480 ? 0.5 : 0.4);
  let used = 0;
  const shown = all.flatMap(({ column, index }) => {
    const wish = Math.max(
      textWidth(head(column), style.size, 600),
      ...rows.map((each) => textWidth(cell(each[index], column), style.size)),
    );
    const width = Math.min(wish, most) + style.size * 1.4;
    if (used + width > context.width && used > 0) return [];
    used += width;
    return [{ column, index, width }];
  });
  const stretch = shown.length > 1 ? Math.max(0, context.width - used) / (shown.length - 1) : 0;
  const shapes: Shape[] = [];
  let x = 0;
  for (const [order, { column, index, width }] of shown.entries()) {
    const right = column.type === "number";
    const at = right ? x + width - 4 : x + (order === 0 ? 0 : 4);
    const look = right ? { align: "right" as const } : {};
    shapes.push(
      text(style, at, row / 2, fitText(head(column), style.size, width - 8, 600), {
        ...look,
        weight: 600,
        fill: style.text1,
      }),
    );
    for (const [line, each] of rows.entries())
      shapes.push(
        text(style, at, row * (line + 1.5), fitText(cell(each[index], column), style.size, width - 4), {
          ...look,
          fill: order === 0 ? style.text1 : style.text2,
        }),
      );
    x += width + stretch;
  }
  for (const line of rows.keys())
    shapes.push(
      stroke(
        [
          [0, row * (line + 1)],
          [context.width, row * (line + 1)],
        ],
        line === 0 ? style.control : style.gridLine,
        1,
        { z: 0 },
      ),
    );
  const rest = frame.rows.length - rows.length;
  if (rest > 0)
    shapes.push(
      text(style, 0, row * (rows.length + 1.5), words(lang).others(formatNumber(rest, lang)), { fill: style.text3 }),
    );
  return { option: canvas(shapes), pointing: "place", points: () => [] };
}
