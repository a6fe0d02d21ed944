import type { AggregateAnswer, Frame, LocalizedText, ObservedProperty } from "@ioc/contracts";
import { day, hour } from "@ioc/charts/time";

const buckets = [
  { bucket: "PT15M", resolution: "15min", width: 15 * 60_000 },
  { bucket: "PT1H", resolution: "1h", width: hour },
  { bucket: "P1D", resolution: "1d", width: day },
] as const;
export type CompareBucket = (typeof buckets)[number];

/** The finest bucket that holds at least one reading and gives at most so many points. */
export function bucketFor(length: number, periodSeconds: number, points: number): CompareBucket {
  return (
    buckets.find(({ width }) => width >= periodSeconds * 1000 && length / width <= points) ??
    buckets[buckets.length - 1]!
  );
}

/**
 * Several stations on one time axis as a frame: a column each, in the order of `stations`; null where a station has nothing
 * valid in a bucket, so that its line breaks there. Pure.
 */
export function compareFrame(
  answer: AggregateAnswer,
  stations: readonly { id: string; name: LocalizedText }[],
  property: Pick<ObservedProperty, "id" | "unit" | "decimals" | "kind">,
  timeName: LocalizedText,
): Frame {
  const of = property.kind === "total" ? "sum" : "mean";
  const found = stations.map(
    ({ id }) => answer.series.find((one) => one.datastream === `${id}:${property.id}`)?.values[of] ?? [],
  );
  const { unit, decimals } = property;
  const some = found.some((values) => values.some((value) => value !== null));
  return {
    statistic: `compare-${property.id}`,
    version: 1,
    group: "station",
    subject: null,
    columns: [
      { id: "time", name: timeName, type: "time", role: "x" },
      ...stations.map(({ id, name }) => ({
        id,
        name,
        type: "number" as const,
        role: "value" as const,
        unit,
        decimals,
      })),
    ],
    rows: answer.time.map((time, index) => [time, ...found.map((values) => values[index] ?? null)]),
    value: null,
    previous: null,
    unit,
    decimals,
    asOf: null,
    window: { from: answer.from, to: answer.to },
    coverage: null,
    status: some ? "ok" : "empty",
    quality: some ? "good" : "none",
    synthetic: false,
    targetMet: null,
    figures: [],
    error: null,
    thresholds: [],
    target: null,
    finding: null,
    computedAt: answer.to,
  };
}
