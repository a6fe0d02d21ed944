import { z } from "zod";
import type { Grid, Grouped, Matrix } from "../grid.ts";
import { matrixOf, withMeasures } from "../grid.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { areasOf } from "../view.ts";
import { onGroups } from "./group-formulas.ts";
import { measureName } from "./parameters.ts";
import { datasetProblems, rowsOf } from "./rows.ts";

/** A bulletin that is in force: its level and the units that it names. */
interface Bulletin {
  level: number;
  units: readonly string[];
}

function inForce(dataset: string, hazard: string, context: StepContext): Bulletin[] {
  const { columns, index } = rowsOf(dataset, context);
  const [hazards, levels, codes, from, to] = ["hazard", "risk_level", "area_codes", "valid_from", "valid_to"].map(
    (name) => columns.get(name) ?? [],
  );
  const { now } = context;
  return index.flatMap((row): Bulletin[] => {
    const [level, begins, ends] = [levels?.[row], from?.[row], to?.[row]];
    if (hazards?.[row] !== hazard || typeof level !== "number") return [];
    if ((typeof begins === "number" && begins > now) || typeof ends !== "number" || ends <= now) return [];
    return [{ level, units: String(codes?.[row] ?? "").match(/[^\s,;]+/g) ?? [] }];
  });
}

/** A unit and all that it lies in. */
function withParents(code: string, context: StepContext): string[] {
  const areas = areasOf(context.network);
  const found: string[] = [];
  for (let area = areas.get(code); area; area = areas.get(area.parent ?? "")) found.push(area.id);
  return found;
}

/** Whether a bulletin is about a subject: it names it, a unit around it, one inside it, or no unit at all. "" is the city. */
function isAbout({ units }: Bulletin, subject: string, context: StepContext): boolean {
  if (units.length === 0 || subject === "") return true;
  const around = withParents(subject, context);
  return units.some((unit) => around.includes(unit) || withParents(unit, context).includes(subject));
}

/**
 * The highest level of the official bulletins on a hazard that are in force for each subject, 0 where there is none. The dataset has
 * the columns `hazard`, `risk_level`, `area_codes` (units, with spaces or commas between them), `valid_from` and `valid_to`.
 */
export const bulletinLevel = defineStep({
  op: "bulletin-level",
  doc: {
    vi: "Cấp cao nhất của các bản tin chính thức còn hiệu lực về một loại thiên tai; 0 khi không có",
    en: "Highest level of the official bulletins on a hazard that are in force; 0 where there is none",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({ dataset: z.string(), hazard: z.string(), into: measureName }),
  problems: ({ dataset }, definition) => datasetProblems(dataset, definition),
  reads: ({ dataset }) => [{ kind: "rows", dataset }],
  run: (input, { dataset, hazard, into }, context): Grouped => {
    const bulletins = inForce(dataset, hazard, context);
    return onGroups(input, (grid: Grid) =>
      withMeasures(grid, [
        [
          into,
          matrixOf(grid.ids, (_, id) => {
            const levels = bulletins.filter((one) => isAbout(one, id, context)).map(({ level }) => level);
            return Array<number | null>(grid.ends.length).fill(Math.max(0, ...levels));
          }) satisfies Matrix,
        ],
      ]),
    );
  },
});
