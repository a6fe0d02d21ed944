import type { RowValue } from "@ioc/catalogue";
import { subjectId } from "@ioc/contracts";
import type { LocalizedText } from "@ioc/contracts";
import type { Rows } from "../grid.ts";
import type { StepContext } from "../step.ts";
import { byColumn } from "../view.ts";

const usualColumns: Readonly<Record<string, readonly string[]>> = {
  agency: ["agency_id", "agency", "owner_agency"],
  station: ["station", "station_id"],
  kind: ["kind"],
};

/** The column that a grouping reads: the one named for it, one of the usual names, or the one of its own name. */
function columnOf(rows: Rows, group: string, groups: Readonly<Record<string, string>>): readonly RowValue[] | null {
  const named = groups[group] ?? (usualColumns[group] ?? [group]).find((name) => rows.columns.has(name)) ?? group;
  return rows.columns.get(named) ?? null;
}

export interface RowSubjects {
  /** Subject of a row; null when it lies outside the view, and when it has none in this grouping. */
  of(row: number): string | null;
  /** Whether a row counts in the view as a whole: the city's own rows do, though no ward has them. */
  inside(row: number): boolean;
  /** Names of subjects that are codes. */
  names: Readonly<Record<string, LocalizedText>> | undefined;
}

/**
 * Who a row is about in the view: a unit, a station, a value of a column, or "" for the city.
 *
 * @param groups columns of groupings that have another name
 * @param area column with the area code
 * @throws Error when the rows lack the column that the grouping needs
 */
export function subjectsOf(
  rows: Rows,
  { groups, area }: { groups: Readonly<Record<string, string>>; area: string },
  { view, network }: StepContext,
): RowSubjects {
  const codes = rows.columns.get(area);
  const inside = (row: number): boolean => {
    const code = codes?.[row] ?? null;
    if (view.area === null || !codes) return true;
    return code !== null && view.areaOf(String(code)) !== null;
  };
  const place = (row: number): string | null => {
    const code = codes?.[row] ?? null;
    return code === null ? (view.area ? null : "") : view.areaOf(String(code));
  };
  if (view.group === "ward" || view.group === "district") {
    if (!codes) throw new Error(`there is no column "${area}" to group by`);
    return { of: (row) => place(row) || null, inside, names: undefined };
  }
  if (view.group === "city") return { of: (row) => (inside(row) ? "" : null), inside, names: undefined };
  const column = columnOf(rows, view.group, groups);
  if (!column) throw new Error(`there is no column for the grouping "${view.group}"`);
  const wanted = byColumn(view.group) ? view.subject : null;
  const named = groups[view.group] ?? view.group;
  const agencies = Object.fromEntries(network.agencies.map(({ id, name }) => [id, name]));
  const asked = (row: number) => inside(row) && (wanted === null || String(column[row] ?? "") === wanted);
  return {
    of: (row) => {
      const value = column[row] ?? null;
      return value === null || !asked(row) ? null : String(value);
    },
    inside: asked,
    names: rows.labels.get(named) ?? (view.group === "agency" || /agency|provider/.test(named) ? agencies : undefined),
  };
}

/**
 * Subjects by place and item: each value of the column `by` in each place of the view. Rows without one of the two have no subject.
 *
 * @throws Error when the rows lack the column, or the id of a place has a slash, which stands between the two
 */
export function itemsOf(rows: Rows, places: RowSubjects, by: string): RowSubjects {
  const column = rows.columns.get(by);
  if (!column) throw new Error(`there is no column "${by}" to tell the items of a place by`);
  return {
    ...places,
    of: (row) => {
      const place = places.of(row);
      const item = column[row] ?? null;
      if (!place || item === null) return null;
      if (place.includes("/")) throw new Error(`"${place}" cannot be told by items: its id has a slash`);
      return subjectId(place, String(item));
    },
  };
}
