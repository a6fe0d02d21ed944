import { dayMs } from "../world/calendar.ts";
import type { World } from "../world/world.ts";

/** Factor of the lunar new year's week on traffic and offices. */
export function newYearWeek(world: World): (day: number) => number {
  const days = new Set(
    world.parameters.model.new_year.flatMap((text) =>
      [-1, 0, 1, 2, 3, 4, 5].map((offset) => Date.parse(`${text}T00:00:00Z`) / dayMs + offset),
    ),
  );
  return (day) => (days.has(day) ? 0.5 : 1);
}
