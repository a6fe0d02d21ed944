import type { Rect } from "../plot.ts";

/**
 * Squarified treemap (Bruls, Huizing, van Wijk, 2000): rectangles whose areas are as the values, as near to squares as can
 * be. `values` are positive and in falling order; the result has their order.
 */
export function squarify(values: readonly number[], rect: Rect): Rect[] {
  const sum = values.reduce((all, value) => all + value, 0);
  if (sum <= 0) return [];
  const scale = (rect.width * rect.height) / sum;
  const areas = values.map((value) => value * scale);
  const result: Rect[] = [];
  let room = rect;
  let start = 0;
  while (start < areas.length) {
    const side = Math.max(1e-6, Math.min(room.width, room.height));
    let end = start + 1;
    while (end < areas.length && worst(areas.slice(start, end + 1), side) <= worst(areas.slice(start, end), side))
      end += 1;
    const row = areas.slice(start, end);
    result.push(...rowRects(row, room));
    room = rest(row, room);
    start = end;
  }
  return result;
}

/** Worst ratio of sides in a row along a side of that length. */
function worst(row: readonly number[], side: number): number {
  const sum = row.reduce((all, area) => all + area, 0);
  const [high, low] = [Math.max(...row), Math.min(...row)];
  return Math.max((side * side * high) / (sum * sum), (sum * sum) / (side * side * low));
}

/** A row stands along the shorter side of what is left. */
function rowRects(row: readonly number[], room: Rect): Rect[] {
  const sum = row.reduce((all, area) => all + area, 0);
  const upright = room.width >= room.height;
  const thickness = sum / Math.max(1e-6, upright ? room.height : room.width);
  let at = upright ? room.top : room.left;
  return row.map((area) => {
    const length = area / Math.max(1e-6, thickness);
    const rect = upright
      ? { left: room.left, top: at, width: thickness, height: length }
      : { left: at, top: room.top, width: length, height: thickness };
    at += length;
    return rect;
  });
}

function rest(row: readonly number[], room: Rect): Rect {
  const sum = row.reduce((all, area) => all + area, 0);
  if (room.width >= room.height) {
    const used = sum / Math.max(1e-6, room.height);
    return { ...room, left: room.left + used, width: Math.max(0, room.width - used) };
  }
  const used = sum / Math.max(1e-6, room.width);
  return { ...room, top: room.top + used, height: Math.max(0, room.height - used) };
}
