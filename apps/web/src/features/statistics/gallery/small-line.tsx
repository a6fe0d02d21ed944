import type { Frame } from "@ioc/contracts";

const width = 96;
const height = 24;
const edge = 2;

/** Points of a plain history on 96 × 24 units, in runs between gaps; null for what is no history. */
export function smallLineOf(frame: Frame): string | null {
  const at = (role: string): number => frame.columns.findIndex((column) => column.role === role);
  const [x, value] = [at("x"), at("value")];
  if (x < 0 || value < 0 || frame.columns[x]!.type !== "time" || at("series") >= 0 || at("y") >= 0) return null;
  const points = frame.rows.flatMap((row) => {
    const [time, y] = [row[x], row[value]];
    return typeof time === "number" ? [{ time, y: typeof y === "number" ? y : null }] : [];
  });
  const values = points.flatMap(({ y }) => (y === null ? [] : [y]));
  if (values.length < 2) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [from, to] = [points[0]!.time, points.at(-1)!.time];
  const place = (time: number, y: number): string => {
    const across = edge + ((time - from) / Math.max(1, to - from)) * (width - 2 * edge);
    const down = high === low ? height / 2 : height - edge - ((y - low) / (high - low)) * (height - 2 * edge);
    return `${across.toFixed(1)} ${down.toFixed(1)}`;
  };
  let path = "";
  let drawing = false;
  for (const { time, y } of points) {
    if (y !== null) path += `${drawing ? "L" : "M"}${place(time, y)}`;
    drawing = y !== null;
  }
  return path;
}

/** The course of a value without axes: an ornament beside the number, for the eye only. */
export function SmallLine({ frame }: { frame: Frame }) {
  const path = smallLineOf(frame);
  if (path === null) return null;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden>
      <path d={path} fill="none" stroke="var(--c-data-1)" strokeWidth={1.5} strokeLinejoin="round" />
    </svg>
  );
}
