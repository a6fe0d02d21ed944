import type { ChartPoint } from "@ioc/charts";

/**
 * Points at and around a place of the pointer: the nearest one, and those of other series in the same upright line (the
 * same moment of another line). Sideways distance counts more, because a reader points at a moment.
 */
export function pointsNear(points: readonly ChartPoint[], x: number, y: number, reach = 60): ChartPoint[] {
  let best: ChartPoint | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const point of points) {
    const distance = (point.x - x) ** 2 + 0.3 * (point.y - y) ** 2;
    if (distance < least) [best, least] = [point, distance];
  }
  if (!best || Math.abs(best.x - x) > reach) return [];
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
