import type { Driver } from "./emission/driver.ts";
import { driversOf, labelAtOrBefore } from "./emission/driver.ts";
import { Faults } from "./emission/faults.ts";
import { hourMs } from "./world/calendar.ts";
import type { World } from "./world/world.ts";

interface Line {
  count: number;
  missing: number;
  sum: number;
  min: number;
  max: number;
}

/** What the stations of a world report in the `hours` up to `to`, as lines of text: counts and values by kind and property. */
export function dryRun(world: World, to: number, hours: number): string[] {
  world.advance(to);
  const drivers = driversOf(world);
  const faults = new Faults(world);
  const lines = new Map<string, Line>();
  for (const driver of drivers) {
    const name = `${driver.stationKind}:${driver.property}`;
    const line = lines.get(name) ?? { count: 0, missing: 0, sum: 0, min: Infinity, max: -Infinity };
    lines.set(name, line);
    summarize(driver, faults, line, to - hours * hourMs, to);
  }
  let total = 0;
  const rows = [...lines].map(([name, { count, missing, sum, min, max }]) => {
    total += count;
    const figures = [min, sum / count, max].map((value) => value.toFixed(2).padStart(11)).join("");
    return `${name.padEnd(34)}${String(count).padStart(9)}${String(missing).padStart(7)}${figures}`;
  });
  const head = `${"kind:property".padEnd(34)}${"count".padStart(9)}${"lost".padStart(7)}${"least".padStart(11)}${"mean".padStart(11)}${"most".padStart(11)}`;
  return [head, ...rows, `${total} observations in ${hours} h, ${(total / hours / 3600).toFixed(2)} a second`];
}

function summarize(driver: Driver, faults: Faults, line: Line, from: number, to: number): void {
  const period = driver.periodMs;
  for (let label = labelAtOrBefore(driver, period, from) + period; label <= to; label += period) {
    const kind = faults.at(driver.item, label)?.kind;
    if (kind === "offline" || kind === "gap") {
      line.missing += 1;
      continue;
    }
    const value = driver.sample(label, period);
    if (Number.isNaN(value)) continue;
    line.count += 1;
    line.sum += value;
    line.min = Math.min(line.min, value);
    line.max = Math.max(line.max, value);
  }
}
