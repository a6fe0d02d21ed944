import type { Datum } from "../columns.ts";
import { polygon, type Shape } from "../plot.ts";

type Place = (time: number, value: number) => [number, number];
type At = { time: number; datum: Datum | null };

const opacity = { wide: 0.12, narrow: 0.22 };

/** The bands around a line, the wider one behind; where an end is missing a band is interrupted. */
export function bandsAround(points: readonly At[], place: Place, color: string): Shape[] {
  return [
    ...band(points, (datum) => [datum.lowest, datum.highest], place, color, opacity.wide),
    ...band(points, (datum) => [datum.low, datum.high], place, color, opacity.narrow),
  ];
}

function band(
  points: readonly At[],
  ends: (datum: Datum) => [number | null, number | null],
  place: Place,
  color: string,
  opacity: number,
): Shape[] {
  const shapes: Shape[] = [];
  let run: { time: number; low: number; high: number }[] = [];
  const close = (): void => {
    if (run.length > 1) {
      const upper = run.map((at) => place(at.time, at.high));
      const lower = run.toReversed().map((at) => place(at.time, at.low));
      shapes.push(polygon([...upper, ...lower], color, { z: 1, opacity }));
    }
    run = [];
  };
  for (const { time, datum } of points) {
    const [low, high] = datum ? ends(datum) : [null, null];
    if (low === null || high === null) close();
    else run.push({ time, low, high });
  }
  close();
  return shapes;
}
