import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import { datastreamId } from "@ioc/contracts";
import type { Rows } from "../grid.ts";
import { streetOutlook } from "../operators/street-store.ts";
import type { StreetOutlook } from "../operators/street-store.ts";
import { newestAt } from "../operators/water.ts";
import type { Reading } from "../operators/water.ts";
import { defineStep } from "../step.ts";
import type { PlanContext, Read, StepContext } from "../step.ts";
import { attributeOf, dayMs, duration, hourMs, measureName, propertyOf } from "./parameters.ts";
import { datastreamsOf, streetsOf, waterParameters, waterProblems } from "./street-water.ts";
import type { Street } from "./street-water.ts";

const parameters = z.strictObject({
  ...waterParameters,
  span: duration,
  /** Only days on which so much fell in one reading of the gauge are read, mm; on others no more fell at a time. */
  wet: z.number().positive(),
  /** What is to be foreseen: a depth that the tower reports, less its dry offset, m. */
  depth: measureName,
  offset: z.string(),
  reached: z.number().positive(),
});
type Parameters = z.infer<typeof parameters>;

const daysOfYear = 365;

/** Whole days up to the last midnight. */
function spanOf({ span }: Parameters, { calendar, now }: PlanContext): { from: number; to: number } {
  const to = calendar.dayStart(now);
  return { from: calendar.dayStart(to - span), to };
}

function reads(given: Parameters, context: PlanContext): Read[] {
  const span = spanOf(given, context);
  const streets = streetsOf(given, context);
  const depths = datastreamsOf(
    streets.map(({ station }) => station),
    given.depth,
  );
  const rain = datastreamsOf(
    streets.map(({ gauges }) => gauges[0]),
    given.rain.property,
  );
  const tides = datastreamsOf(
    streets.map(({ tide }) => tide),
    given.level,
  );
  const spills = Map.groupBy(
    streets.flatMap(({ receiver }) => receiver ?? []),
    ({ spill }) => spill,
  );
  return [
    { kind: "near", ...span, level: given.wet, datastreams: rain },
    { kind: "near", ...span, level: given.reached, datastreams: depths },
    { kind: "days", ...span, datastreams: depths },
    { kind: "hours", ...span, datastreams: tides },
    ...[...spills].map(([level, receivers]): Read => {
      const stations = receivers.map(({ station }) => station);
      return { kind: "near", ...span, level, datastreams: datastreamsOf(stations, given.level) };
    }),
  ];
}

/** What is known of one street over the span. */
interface History {
  rain: readonly Reading[];
  levels: readonly Reading[];
  depths: readonly Reading[];
  /** Starts of the local days of which the tower reported enough to know whether the street was dry. */
  watched: ReadonlySet<number>;
}

/** Levels of the sea by the end of the hour, at the gauges of all streets. */
function tidesOf(
  streets: readonly Street[],
  given: Parameters,
  context: StepContext,
): Map<string, Map<number, number>> {
  const { from, to } = spanOf(given, context);
  const gauges = new Set(streets.flatMap(({ tide }) => tide?.id ?? []));
  const levels = [...gauges].map((id) => {
    const hours = context.data.hours(from, to, datastreamId(id, given.level));
    return [id, new Map((hours?.time ?? []).map((end, i) => [end, hours?.last[i] ?? 0]))] as const;
  });
  return new Map(levels);
}

function historyOf({ station, gauges, receiver }: Street, given: Parameters, context: StepContext): History {
  const { from, to } = spanOf(given, context);
  const { calendar, data, definition, network } = context;
  const near = (id: string, property: string, level: number) => data.near(from, to, level, datastreamId(id, property));
  const days = data.days(from, to, datastreamId(station.id, given.depth));
  const due = dayMs / 1000 / (propertyOf(network, station, given.depth)?.periodSeconds ?? 300);
  const known = (days?.time ?? []).filter((_, i) => (days?.count[i] ?? 0) / due >= definition.completeness);
  const offset = attributeOf(station, given.offset) ?? 0;
  return {
    rain: gauges[0] ? near(gauges[0].id, given.rain.property, given.wet) : [],
    levels: receiver ? near(receiver.station.id, given.level, receiver.spill) : [],
    depths: near(station.id, given.depth, given.reached).filter(({ value }) => value - offset >= given.reached - 1e-9),
    watched: new Set(known.map((end) => calendar.addDays(end, -1))),
  };
}

/** The last midnight before each reading that counts. */
function daysOf(readings: readonly Reading[], { calendar }: StepContext): Set<number> {
  return new Set(readings.map(({ time }) => calendar.dayStart(time - 1)));
}

interface Case {
  time: number;
  outlook: StreetOutlook;
  flooded: 0 | 1;
}

/** Every full hour of the wet days of a street, while it was watched, in which rain had fallen or was stored. */
function casesOf(street: Street, history: History, given: Parameters, context: StepContext): Case[] {
  const { past, ahead, halving, rain, wet } = given;
  const { calendar } = context;
  const { depths, levels, watched } = history;
  const receiver = street.receiver && { levels, spill: street.receiver.spill };
  const water = { drain: street.drain, rain: history.rain, receiver };
  const fallen = history.rain.filter(({ value }) => value > 0);
  const wetDays = daysOf(
    history.rain.filter(({ value }) => value >= wet),
    context,
  );
  return [...wetDays].flatMap((day) => {
    const end = calendar.addDays(day, 1);
    const cases: Case[] = [];
    for (let now = day + hourMs; watched.has(day) && now + ahead <= end; now += hourMs) {
      // Most hours are told apart before the store is run.
      if ((fallen[newestAt(fallen, now)]?.time ?? -Infinity) <= now - past) continue;
      const outlook = streetOutlook(water, [], { now, past, ahead, halving, silence: rain.silence });
      if (!outlook || outlook.depth + outlook.rain60 === 0) continue;
      const next = depths[newestAt(depths, now) + 1];
      const flooded = next && next.time <= now + ahead ? 1 : 0;
      cases.push({ time: now, outlook, flooded });
    }
    return cases;
  });
}

/**
 * What could be known of each street at full hours of the past `span`, and what came: rows as those of `street-store`, worked out
 * without a nowcast, with `time`, `flooded` (1 when the tower reported the depth within `ahead`) and `frequency` (days a year on
 * which it did). Hours of days on which the tower or its nearest gauge was silent have none. Whole days are read.
 */
export const streetCases = defineStep({
  op: "street-cases",
  doc: {
    vi: "Các giờ mưa đã qua của từng con phố: điều có thể biết lúc đó và đường có ngập sau đó không, để học xác suất",
    en: "Past hours of rain of each street: what could be known then and whether it was flooded after, to learn a probability from",
  },
  takes: "nothing",
  gives: "rows",
  wide: true,
  params: parameters,
  reads,
  problems: waterProblems,
  run: (_input, given, context): Rows => {
    const streets = streetsOf(given, context);
    const tides = tidesOf(streets, given, context);
    const found = streets.flatMap((street) => {
      const history = historyOf(street, given, context);
      const days = history.watched.size;
      const flooded = [...daysOf(history.depths, context)].filter((day) => history.watched.has(day)).length;
      const frequency = days > 0 ? (daysOfYear * flooded) / days : null;
      const sea = tides.get(street.tide?.id ?? "");
      return casesOf(street, history, given, context).map((one) => ({
        ...one,
        station: street.station,
        frequency,
        tide: sea?.get(one.time) ?? null,
      }));
    });
    const column = (of: (item: (typeof found)[number]) => RowValue) => found.map(of);
    return {
      shape: "rows",
      columns: new Map([
        ["station", column(({ station }) => station.id)],
        ["time", column(({ time }) => time)],
        ["f", column(({ outlook }) => outlook.depth)],
        ["stored", column(({ outlook }) => outlook.stored)],
        ["rain30", column(({ outlook }) => outlook.rain30)],
        ["rain60", column(({ outlook }) => outlook.rain60)],
        ["over", column(({ outlook }) => outlook.over)],
        ["tide", column(({ tide }) => tide)],
        ["frequency", column(({ frequency }) => frequency)],
        ["flooded", column(({ flooded }) => flooded)],
      ]),
      index: found.map((_, row) => row),
      ends: new Set(),
      labels: new Map(),
    };
  },
});
