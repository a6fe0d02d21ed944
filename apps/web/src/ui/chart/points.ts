import type { ChartPlan, ChartPoint } from "@ioc/charts";

/** How much each direction counts, and how far a pointer may be away, px. */
const manners = {
  x: { across: 1, down: 0.0005, reach: (dx: number) => dx <= 60 },
  y: { across: 0.0005, down: 1, reach: (_dx: number, dy: number) => dy <= 24 },
  place: { across: 1, down: 1, reach: (dx: number, dy: number) => Math.hypot(dx, dy) <= 60 },
} as const;

/**
 * Values that a pointer means: the nearest one, and in charts of moments those of the other series at the same moment.
 * `pointing` says what counts: the moment, the row, or the place.
 */
export function pointsNear(
  points: readonly ChartPoint[],
  x: number,
  y: number,
  pointing: ChartPlan["pointing"],
): ChartPoint[] {
  const { across, down, reach } = manners[pointing];
  let best: ChartPoint | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const point of points) {
    const distance = across * (point.x - x) ** 2 + down * (point.y - y) ** 2;
    if (distance < least) [best, least] = [point, distance];
  }
  if (!best || !reach(Math.abs(best.x - x), Math.abs(best.y - y))) return [];
  if (pointing !== "x") return [best];
  const nearest = best;
  const others = points.filter(
    (point) => point !== nearest && Math.abs(point.x - nearest.x) < 0.5 && point.label === nearest.label,
  );
  return [nearest, ...others.toSorted((a, b) => a.y - b.y)].slice(0, 8);
}

/** Point after a key: `←` `→` within the series, `↑` `↓` to the nearest point of the next series, Home, End. */
export function pointAfter(points: readonly ChartPoint[], current: ChartPoint | null, key: string): ChartPoint | null {
  const series = [...new Set(points.map((point) => point.series))].sort((a, b) => a - b);
  const at = current ?? null;
  const own = points.filter((point) => point.series === (at?.series ?? series[0]));
  if (key === "Home") return own[0] ?? null;
  if (key === "End") return own.at(-1) ?? null;
  if (!at) return own.at(-1) ?? null;
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const index = own.indexOf(at) + (key === "ArrowRight" ? 1 : -1);
    return own[Math.min(Math.max(index, 0), own.length - 1)] ?? null;
  }
  const next = series[series.indexOf(at.series) + (key === "ArrowDown" ? 1 : -1)];
  if (next === undefined) return at;
  const row = points.filter((point) => point.series === next);
  const same = row.find((point) => point.label === at.label);
  return same ?? row.reduce((a, b) => (Math.abs(b.x - at.x) < Math.abs(a.x - at.x) ? b : a));
}

/** What is spoken of a point: `08:50 22/10, 74,2 mm, Trạm An Khê, nghi ngờ`. */
export function pointText(point: ChartPoint): string {
  return [point.label, point.value, point.name, point.note].filter((part) => part !== "").join(", ");
}
