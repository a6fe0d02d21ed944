import { z } from "zod";
import type { RowTable, RowValue } from "@ioc/catalogue";
import { datastreamId } from "@ioc/contracts";
import type { Rows } from "../grid.ts";
import { streetOutlook } from "../operators/street-store.ts";
import type { RainPoint, StreetOutlook } from "../operators/street-store.ts";
import { newestAt } from "../operators/water.ts";
import { defineStep } from "../step.ts";
import type { PlanContext, Read, StepContext } from "../step.ts";
import { duration } from "./parameters.ts";
import { datasetProblems } from "./rows.ts";
import { datastreamsOf, streetsOf, waterParameters, waterProblems } from "./street-water.ts";
import type { Street } from "./street-water.ts";

const parameters = z.strictObject({
  ...waterParameters,
  /** Dataset with the columns `issued_at`, `valid_at`, `station_id`, `rain_mm_10min`; an issue older than `fresh` is not used. */
  nowcast: z.strictObject({ dataset: z.string(), fresh: duration }),
});
type Parameters = z.infer<typeof parameters>;

function reads(given: Parameters, context: PlanContext): Read[] {
  const span = { from: context.now - given.past, to: context.now };
  const streets = streetsOf(given, context);
  const rain = datastreamsOf(
    streets.flatMap(({ gauges }) => gauges),
    given.rain.property,
  );
  const levels = datastreamsOf(
    streets.flatMap(({ receiver, tide }) => [receiver?.station, tide]),
    given.level,
  );
  return [
    { kind: "raw", ...span, datastreams: [...rain, ...levels] },
    { kind: "rows", dataset: given.nowcast.dataset },
  ];
}

/** The newest issue of each gauge that is not older than `fresh`, in order of time. */
function newestIssues(table: RowTable, now: number, fresh: number): Map<string, RainPoint[]> {
  const [issued, valid, stations, rain] = ["issued_at", "valid_at", "station_id", "rain_mm_10min"].map(
    (name) => table.columns.get(name) ?? [],
  ) as [RowValue[], RowValue[], RowValue[], RowValue[]];
  const found = new Map<string, { issue: number; points: RainPoint[] }>();
  for (let row = 0; row < table.length; row += 1) {
    const [issue, time, station, value] = [issued[row], valid[row], stations[row], rain[row]];
    if (typeof issue !== "number" || issue > now || issue < now - fresh) continue;
    if (typeof time !== "number" || typeof station !== "string" || typeof value !== "number") continue;
    const known = found.get(station);
    if (!known || known.issue < issue) found.set(station, { issue, points: [{ time, value }] });
    else if (known.issue === issue) known.points.push({ time, value });
  }
  return new Map(
    [...found].map(([station, { points }]) => [station, points.toSorted((a, b) => a.time - b.time)] as const),
  );
}

/**
 * What the gauge of a street makes of it, and whether there is a nowcast for it. Another one stands in only when the gauge has said
 * nothing since the street was dry: it would not know what has fallen here.
 */
function outlookOf(
  { drain, gauges, receiver }: Street,
  nowcasts: ReadonlyMap<string, RainPoint[]>,
  given: Parameters,
  context: StepContext,
): (StreetOutlook & { nowcast: number }) | null {
  const { now } = context;
  const { past, ahead, halving, level } = given;
  const { property, silence } = given.rain;
  const readings = (id: string, name: string) => context.data.raw(now - past, now, datastreamId(id, name));
  const gauge = gauges.find(({ id }) => readings(id, property).length > 0);
  if (!gauge) return null;
  const levels = receiver && { levels: readings(receiver.station.id, level), spill: receiver.spill };
  const nowcast = nowcasts.get(gauge.id) ?? [];
  const water = { drain, rain: readings(gauge.id, property), receiver: levels };
  const outlook = streetOutlook(water, nowcast, { now, past, ahead, halving, silence });
  return outlook && { ...outlook, nowcast: nowcast.length > 0 ? 1 : 0 };
}

/**
 * How deep each street will stand under water: rows with `station`, `kind`, `area_code`, `f` (largest depth until `ahead`, m),
 * `stored` (now, mm), `rain30` and `rain60` (mm), `over` (receiving water above its spill level, m; else 0), `tide` (level of the
 * nearest tide gauge, m) and `nowcast` (1 where there is one). A street whose drain is not known, or whose gauge is silent, has no row.
 */
export const streetStore = defineStep({
  op: "street-store",
  doc: {
    vi: "Độ sâu ngập lớn nhất sắp tới của từng con phố: nước đọng từ mưa đã đo và mưa dự báo cực ngắn, trừ phần thoát được",
    en: "Largest depth of water in each street shortly: what is stored of measured rain and of the rain nowcast, less what drains",
  },
  takes: "nothing",
  gives: "rows",
  wide: true,
  params: parameters,
  reads,
  problems: (given, definition, network) => [
    ...waterProblems(given, definition, network),
    ...datasetProblems(given.nowcast.dataset, definition),
  ],
  run: (_input, given, context): Rows => {
    const { now, network } = context;
    const nowcasts = newestIssues(context.data.rows(given.nowcast.dataset), now, given.nowcast.fresh);
    const found = streetsOf(given, context).flatMap((street) => {
      const outlook = outlookOf(street, nowcasts, given, context);
      return outlook ? [{ street, outlook }] : [];
    });
    const tideOf = ({ tide }: Street): number | null => {
      const levels = tide ? context.data.raw(now - given.past, now, datastreamId(tide.id, given.level)) : [];
      const newest = levels[newestAt(levels, now)];
      return newest && newest.time > now - given.tide.fresh ? newest.value : null;
    };
    const column = (of: (item: (typeof found)[number]) => RowValue) => found.map(of);
    return {
      shape: "rows",
      columns: new Map([
        ["station", column(({ street }) => street.station.id)],
        ["kind", column(({ street }) => street.station.kind)],
        ["area_code", column(({ street }) => street.station.areas[network.scheme] ?? null)],
        ["f", column(({ outlook }) => outlook.depth)],
        ["stored", column(({ outlook }) => outlook.stored)],
        ["rain30", column(({ outlook }) => outlook.rain30)],
        ["rain60", column(({ outlook }) => outlook.rain60)],
        ["over", column(({ outlook }) => outlook.over)],
        ["tide", column(({ street }) => tideOf(street))],
        ["nowcast", column(({ outlook }) => outlook.nowcast)],
      ]),
      index: found.map((_, row) => row),
      ends: new Set(),
      labels: new Map(),
    };
  },
});
