import { z } from "zod";
import { datastreamId } from "@ioc/contracts";
import type { Station } from "@ioc/contracts";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix, put } from "../grid.ts";
import { floodEvents } from "../operators/flood-events.ts";
import { logisticFit } from "../operators/logistic.ts";
import { rainEvents } from "../operators/rain-events.ts";
import { distanceKm } from "../operators/space.ts";
import { defineStep } from "../step.ts";
import type { PlanContext, Read, StepContext } from "../step.ts";
import { inputsOf } from "../view.ts";
import { floodRule } from "./flood-events.ts";
import { dayMs, duration, measureName, propertyOf } from "./parameters.ts";

const parameters = z.strictObject({
  depth: measureName,
  rain: measureName,
  span: duration,
  flood: z.strictObject(floodRule),
  /** Rain events are parted by `dry`, count from `least` mm on and are as heavy as their largest sum of `window`. */
  event: z.strictObject({ dry: duration, least: z.number(), window: duration }),
  /** A flood that begins so long after the rain still belongs to it. */
  after: duration,
  ridge: z.number().min(0),
  /** Fewer floods or rain events give no threshold. */
  floods: z.int().positive(),
  events: z.int().positive(),
});
type Parameters = z.infer<typeof parameters>;

/** Rain of a day from which its readings are read, mm: less than a tip of any gauge. */
const anyRain = 0.01;

interface Pair {
  tower: Station;
  gauge: Station;
}

/** Towers of the view, each with the gauge nearest to it. */
function pairsOf({ depth, rain }: Parameters, { definition, view }: PlanContext): Pair[] {
  const measuring = (stations: readonly Station[], property: string) =>
    stations.filter((station) => inputsOf(definition, station).includes(property));
  const gauges = measuring(view.allStations, rain);
  return measuring(view.stations, depth).flatMap((tower) => {
    const [nearest] = gauges
      .map((gauge) => ({ gauge, distance: distanceKm(tower, gauge) }))
      .sort((a, b) => a.distance - b.distance);
    return nearest ? [{ tower, gauge: nearest.gauge }] : [];
  });
}

/** Whole days up to the last midnight. */
function spanOf({ span }: Parameters, { calendar, now }: PlanContext): { from: number; to: number } {
  const to = calendar.dayStart(now);
  return { from: calendar.dayStart(to - span), to };
}

function reads(parameters: Parameters, context: PlanContext): Read[] {
  const pairs = pairsOf(parameters, context);
  const span = spanOf(parameters, context);
  const depths = pairs.map(({ tower }) => datastreamId(tower.id, parameters.depth));
  const rains = [...new Set(pairs.map(({ gauge }) => datastreamId(gauge.id, parameters.rain)))];
  return [
    { kind: "near", ...span, level: parameters.flood.end, datastreams: depths },
    { kind: "days", ...span, datastreams: depths },
    { kind: "near", ...span, level: anyRain, datastreams: rains },
  ];
}

/** Starts of the local days of which the tower has enough readings to know whether the street was dry. */
function watchedDays(tower: Station, parameters: Parameters, context: StepContext): Set<number> {
  const { from, to } = spanOf(parameters, context);
  const buckets = context.data.days(from, to, datastreamId(tower.id, parameters.depth));
  const period = propertyOf(context.network, tower, parameters.depth)?.periodSeconds ?? 300;
  const expected = dayMs / 1000 / period;
  const known = (buckets?.time ?? []).filter(
    (_, i) => (buckets?.count[i] ?? 0) / expected >= context.definition.completeness,
  );
  return new Set(known.map((end) => context.calendar.addDays(end, -1)));
}

/** Rain events of the gauge while the tower was watched: how hard it rained, and whether the street was flooded. */
function outcomesOf({ tower, gauge }: Pair, parameters: Parameters, context: StepContext): { x: number; y: 0 | 1 }[] {
  const { from, to } = spanOf(parameters, context);
  const { calendar, data, network } = context;
  const depths = data.near(from, to, parameters.flood.end, datastreamId(tower.id, parameters.depth));
  const floods = floodEvents(depths, parameters.flood, to).map((flood) => flood.start);
  const rain = data.near(from, to, anyRain, datastreamId(gauge.id, parameters.rain));
  const period = (propertyOf(network, gauge, parameters.rain)?.periodSeconds ?? 600) * 1000;
  const watched = watchedDays(tower, parameters, context);
  return rainEvents(rain, { period, dry: parameters.event.dry, window: parameters.event.window }).flatMap((event) => {
    const until = event.end + parameters.after;
    if (event.total < parameters.event.least || until > to) return [];
    for (let day = calendar.dayStart(event.start); day < until; day = calendar.addDays(day, 1)) {
      if (!watched.has(day)) return [];
    }
    const flooded = floods.some((start) => start >= event.start && start <= until);
    return [{ x: event.most, y: flooded ? (1 as const) : (0 as const) }];
  });
}

/**
 * Rain of one hour at which each tower's street floods half of the time. Of every rain event at the nearest gauge while the tower
 * reported: x = its largest sum of `window`, y = 1 when a flood began in it or up to `after` later; a logistic curve through these
 * is one half at `threshold` = −a / b. Null with too few events or floods, and when more rain does not mean more floods.
 * Measures also `floods`, `events`, `gauge` (code); `coverage` is the share of the events needed. Whole days are read.
 */
export const rainResponse = defineStep({
  op: "rain-response",
  doc: {
    vi: "Lượng mưa giờ làm ngập một điểm với xác suất một nửa (hồi quy logistic)",
    en: "Rain of an hour at which a place floods half of the time (logistic regression)",
  },
  takes: "nothing",
  gives: "grid",
  params: parameters,
  reads,
  run: (_input, parameters, context): Grid => {
    const pairs = pairsOf(parameters, context);
    const span = spanOf(parameters, context);
    const gauges = [...new Set(pairs.map(({ gauge }) => gauge.id))];
    const names = ["threshold", "floods", "events", "gauge", "coverage"];
    const measures = new Map<string, Matrix>(names.map((name) => [name, emptyMatrix(pairs.length, 1)]));
    pairs.forEach((pair, subject) => {
      const set = (name: string, value: number | null) => put(measures, name, subject, 0, value);
      const outcomes = outcomesOf(pair, parameters, context);
      const floods = outcomes.filter(({ y }) => y === 1).length;
      const enough = floods >= parameters.floods && outcomes.length >= parameters.events;
      const fit = enough ? logisticFit(outcomes, parameters.ridge) : null;
      set("threshold", fit && fit.b > 0 ? -fit.a / fit.b : null);
      set("floods", floods);
      set("events", outcomes.length);
      set("gauge", gauges.indexOf(pair.gauge.id));
      set("coverage", Math.min(1, outcomes.length / parameters.events));
    });
    return {
      shape: "grid",
      ids: pairs.map(({ tower }) => tower.id),
      ends: [span.to],
      head: 0,
      before: null,
      shown: [0],
      window: span,
      measures,
      labels: { gauge: gauges },
    };
  },
});
