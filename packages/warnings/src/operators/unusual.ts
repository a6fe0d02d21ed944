import { calendarOf, datastreamId, durationMs } from "@ioc/contracts";
import { duration, medianOf } from "@ioc/statistics/shared";
import { z } from "zod";
import { createAnomalyDetector } from "../anomaly/detector.ts";
import { exactly, unknown } from "../expression/bounds.ts";
import { operator } from "./operator.ts";

const hour = durationMs("PT1H") ?? 0;

/**
 * The highest score that the detector of anomalies (docs/anomalies.md) gave to a reading of the last `within`, 0 to 1; from 0.5 on
 * it says that something is not as usual, though not what. The detector takes each reading once, in order of time, and what it
 * learned lives as long as the program: after a start it learns anew from the readings of `learn`. A reading that comes later than a
 * newer one, or is corrected after it was taken, changes no score.
 */
export const anomaly = operator({
  params: z.strictObject({ property: z.string(), learn: duration, within: duration }),
  properties: ({ property }) => [property],
  build: ({ property, learn, within }, site) => {
    const datastream = datastreamId(site.station.id, property);
    const detector = createAnomalyDetector();
    let taken = -Infinity;
    let scores: { time: number; score: number }[] = [];
    const takeUpTo = (at: number) => {
      for (const { time, value } of site.readings.within(datastream, Math.max(taken, at - learn), at)) {
        scores.push({ time, score: detector.push(time, value) });
        taken = time;
      }
      const oldest = taken - learn;
      if ((scores[0]?.time ?? Infinity) < oldest - within) scores = scores.filter(({ time }) => time >= oldest);
    };
    return {
      datastreams: [datastream],
      window: learn,
      value: (at) => {
        if (at > taken) takeUpTo(at);
        const first = scores.findLastIndex(({ time }) => time <= at - within) + 1;
        const last = scores.findLastIndex(({ time }) => time <= at);
        if (last < first) return unknown;
        return exactly(Math.max(...scores.slice(first, last + 1).map(({ score }) => score)));
      },
    };
  },
});

/** Mean of a span; null with fewer than `least` readings. */
function meanOf(values: readonly { value: number }[], least: number): number | null {
  return values.length < least ? null : values.reduce((sum, { value }) => sum + value, 0) / values.length;
}

/**
 * Mean of the last hour over the usual: the median of the same hour on the `days` before, of which `least` must be known. An hour
 * needs three quarters of its readings.
 */
export const hourOverUsual = operator({
  params: z.strictObject({
    property: z.string(),
    days: z.int().min(1).max(60),
    least: z.int().min(1),
  }),
  properties: ({ property }) => [property],
  build: ({ property, days, least }, site) => {
    const datastream = datastreamId(site.station.id, property);
    const calendar = calendarOf(site.network.timezone);
    const kind = site.network.kinds.find(({ id }) => id === site.station.kind);
    const period = (kind?.properties.find(({ id }) => id === property)?.periodSeconds ?? 3600) * 1000;
    const needed = Math.max(1, Math.ceil((0.75 * hour) / period - 1e-9));
    const hourEnding = (at: number) => meanOf(site.readings.within(datastream, at - hour, at), needed);
    return {
      datastreams: [datastream],
      window: (days + 1) * 24 * hour,
      value: (at) => {
        const now = hourEnding(at);
        const sinceMidnight = at - calendar.dayStart(at);
        const before = Array.from({ length: days }, (_, i) =>
          hourEnding(calendar.addDays(at - sinceMidnight, -i - 1) + sinceMidnight),
        ).filter((one) => one !== null);
        const usual = before.length < least ? null : medianOf(before);
        return now === null || usual === null || usual <= 0 ? unknown : exactly(now / usual);
      },
    };
  },
});
