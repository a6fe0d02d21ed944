import { subjectId } from "@ioc/contracts";
import type { Cell, Frame, FrameColumn, LocalizedText, Network, Station, SubjectType } from "@ioc/contracts";
import { areasOf } from "../engine/areas.ts";
import type { About } from "../engine/run.ts";
import { cityAreaOf } from "./frame-rule.ts";

/** A subject of a rule on rows, with what its row says. */
export interface FrameRow {
  /** Looks its name and places up: needed once a subject, not at each look at the rows. */
  about(): About;
  readonly values: ReadonlyMap<string, number | null>;
}

/** Columns that say who a row is about. */
const isSubject = ({ role, type }: FrameColumn): boolean => role === "x" && type !== "time" && type !== "number";

/**
 * Rows of a frame as subjects, each id once; a frame without a column of subjects has one row, which is about the city. In a frame
 * with a column `item` each item of a place is a subject.
 * @param columns column by signal; a column that the frame lacks, or that holds no number, is not known
 */
export function rowsOf(
  frame: Frame,
  type: SubjectType,
  columns: ReadonlyMap<string, string>,
  network: Network,
): Map<string, FrameRow> {
  const at = frame.columns.findIndex(isSubject);
  const itemAt = at < 0 ? -1 : frame.columns.findIndex(({ id }) => id === "item");
  const places = new Map([...columns].map(([signal, id]) => [signal, frame.columns.findIndex((one) => one.id === id)]));
  const rows = new Map<string, FrameRow>();
  for (const row of at < 0 ? frame.rows.slice(-1) : frame.rows) {
    const place = at < 0 ? cityAreaOf(network) : row[at];
    const item = itemAt < 0 ? null : (row[itemAt] ?? null);
    const id = typeof item === "string" ? subjectId(String(place), item) : place;
    if (typeof place !== "string" || typeof id !== "string" || rows.has(id)) continue;
    const values = new Map(
      [...places].map(([signal, column]) => {
        const cell = row[column] ?? null;
        return [signal, typeof cell === "number" ? cell : null] as const;
      }),
    );
    const about = () => ({
      ...aboutOf(type, place, frame.columns[at], network),
      id,
      item: nameIn(frame.columns[itemAt], item),
    });
    rows.set(id, { about, values });
  }
  return rows;
}

function nameIn(column: FrameColumn | undefined, item: Cell): LocalizedText | undefined {
  return typeof item === "string" ? (column?.labels?.[item] ?? { vi: item, en: item }) : undefined;
}

function aboutOf(type: SubjectType, id: string, column: FrameColumn | undefined, network: Network): About {
  const plain: LocalizedText = { vi: id, en: id };
  const named = column?.labels?.[id];
  if (type === "station") {
    const station = network.stations.find((candidate) => candidate.id === id);
    return { type, id, name: station?.name ?? plain, areas: station ? areasOf(network, station) : {} };
  }
  if (type === "agency") {
    const agency = network.agencies.find((candidate) => candidate.id === id);
    return { type, id, name: agency?.name ?? named ?? plain, areas: {} };
  }
  if (type === "item") return { type, id, name: named ?? plain, areas: {} };
  const area = network.areas.find((candidate) => candidate.id === id && candidate.scheme === network.scheme);
  const inside: Pick<Station, "areas"> = { areas: { [network.scheme]: id } };
  // A rule by district watches wards in a scheme that has no districts.
  return { type: area?.level ?? type, id, name: area?.name ?? plain, areas: area ? areasOf(network, inside) : {} };
}
