import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { FrameColumn, Grouping, Lang, StatisticItem } from "@ioc/contracts";
import {
  areasQuery,
  cityQuery,
  datasetsQuery,
  kindsQuery,
  statisticDataQuery,
  stationsQuery,
} from "../../data/index.ts";
import { capitalised, useLang } from "../../texts/index.ts";
import { areaLabel } from "../../ui/controls/index.ts";
import type { ComboboxOption } from "../../ui/controls/index.ts";

type Definition = Pick<StatisticItem, "id" | "groups" | "input">;

const known = ["city", "district", "ward", "station", "kind", "agency"] as const;
type Known = (typeof known)[number];

/** Whether a group means the same everywhere. `kind` is the kind of station only where stations are read. */
const isKnown = (group: string, { input }: Pick<Definition, "input">): group is Known =>
  (known as readonly string[]).includes(group) && (group !== "kind" || input.some((each) => "kind" in each));

/** Groups that the city in force has: a scheme without districts shows none. */
export function useGroups({ groups }: Pick<Definition, "groups">): Grouping[] {
  const city = useQuery(cityQuery()).data;
  const levels = city?.schemes.find((scheme) => scheme.id === city.scheme)?.levels;
  return groups.filter((group) => group !== "district" || !levels || levels.includes("district"));
}

/** Name of a group: a kind of place, or the column of a dataset. */
export function useGroupName(item: Pick<Definition, "groups" | "input">): (group: Grouping) => string {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const { input, groups } = item;
  const own = groups.some((group) => !isKnown(group, item));
  const datasets = useQuery({ ...datasetsQuery(), enabled: own }).data?.items;
  return (group) => {
    if (isKnown(group, item)) return t(`groups.${group}`);
    const ids = input.flatMap((each) => ("dataset" in each ? [each.dataset] : []));
    const columns = datasets?.filter((dataset) => ids.includes(dataset.id)).flatMap((dataset) => dataset.columns);
    const name = columns?.find((column) => column.id === group)?.name?.[lang];
    return name ?? capitalised(group.replaceAll("_", " "));
  };
}

/** Kinds of station that a definition reads; `*` is every kind. */
export function kindsRead({ input }: Pick<Definition, "input">): Set<string> {
  return new Set(input.flatMap((each) => ("kind" in each ? [each.kind] : [])));
}

export type SubjectColumn = Pick<FrameColumn, "id" | "name" | "type" | "labels">;

interface Subjects {
  options: ComboboxOption[];
  /** How a frame names them. */
  column: SubjectColumn;
}

const byLabel = (a: ComboboxOption, b: ComboboxOption): number => a.label.localeCompare(b.label, "vi");
const columnName: SubjectColumn["name"] = { vi: "Nơi", en: "Place" };

/** Subjects of a group, by name: areas, stations, kinds, agencies, or the values of a dataset's column that the newest frame has. */
export function useSubjects(item: Definition, group: Grouping | undefined): Subjects {
  const lang = useLang();
  const city = useQuery(cityQuery()).data;
  const areas = useQuery({ ...areasQuery(), enabled: group === "ward" || group === "district" }).data?.items;
  const stations = useQuery({ ...stationsQuery(), enabled: group === "station" }).data?.items;
  const kinds = useQuery({ ...kindsQuery(), enabled: group === "kind" }).data?.items;
  const own = group !== undefined && !isKnown(group, item);
  const frame = useQuery({ ...statisticDataQuery(item.id, own ? { group } : {}), enabled: own }).data;
  return useMemo(() => {
    const column: SubjectColumn = { id: "subject", name: columnName, type: "text" };
    const named = (list: readonly { id: string; name: { vi: string; en: string } }[]) =>
      list.map(({ id, name }) => ({ id, label: capitalised(name[lang]) })).toSorted(byLabel);
    switch (own ? null : group) {
      case undefined:
      case "city":
        return { options: [], column };
      case "ward":
      case "district": {
        const own = (areas ?? []).filter((area) => area.level === group);
        const options = own.map((area) => ({ id: area.id, label: areaLabel(area, lang) })).toSorted(byLabel);
        return { options, column: { ...column, type: "area" } };
      }
      case "station": {
        const read = kindsRead(item);
        const own = (stations ?? []).filter((station) => read.has(station.kind) || read.has("*"));
        return { options: named(own), column: { ...column, type: "station" } };
      }
      case "kind": {
        const read = kindsRead(item);
        return { options: named((kinds ?? []).filter((kind) => read.has(kind.id) || read.has("*"))), column };
      }
      case "agency":
        return { options: named(city?.agencies ?? []), column };
      default: {
        const at = frame?.columns.findIndex(isSubject) ?? -1;
        const found = frame?.columns[at];
        if (!frame || !found) return { options: [], column };
        const ids = [...new Set(frame.rows.flatMap((row) => (row[at] === null ? [] : [String(row[at])])))];
        const options = ids.map((id) => ({ id, label: found.labels?.[id]?.[lang as Lang] ?? id }));
        return { options, column: { ...column, name: found.name, ...(found.labels ? { labels: found.labels } : {}) } };
      }
    }
  }, [group, item, areas, stations, kinds, city, frame, lang, own]);
}

/** The column that says what a row is about. */
const isSubject = (column: FrameColumn): boolean =>
  column.type !== "time" &&
  column.type !== "number" &&
  (column.role === "series" || column.role === "x" || column.role === "y");

/**
 * What a view can be narrowed to: areas as a tree, stations of the kinds that are read, and the values of the group that is
 * shown. The first option is everything.
 */
export function useNarrowing(item: Definition, group: Grouping | undefined): ComboboxOption[] {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const places = item.groups.some((one) => one === "station" || one === "district" || one === "ward");
  const byStation = item.groups.includes("station");
  const areas = useQuery({ ...areasQuery(), enabled: places }).data?.items;
  const { options: stations } = useSubjects(item, byStation ? "station" : undefined);
  const shown = group ?? item.groups[0];
  const { options: values } = useSubjects(item, shown && !isPlace(shown) ? shown : undefined);
  return useMemo(() => {
    const inAreas = places
      ? (areas ?? [])
          .filter((area) => area.level !== "city")
          .map((area) => ({ id: area.id, label: areaLabel(area, lang) }))
          .toSorted(byLabel)
      : [];
    const all = [...values, ...inAreas, ...stations.map((one) => ({ ...one, note: t("groups.station") }))];
    return all.length === 0 ? [] : [{ id: "", label: t("allSubjects") }, ...all];
  }, [places, areas, stations, values, lang, t]);
}

const isPlace = (group: Grouping): boolean => group === "station" || group === "ward" || group === "district";
