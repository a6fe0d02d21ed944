import type { ObservedProperty } from "@ioc/contracts";
import { scaledTotal } from "../operators/window.ts";
import type { Buckets } from "../step.ts";

export function bucketAt(buckets: Buckets, i: number): { count: number; sum: number; max: number; last: number } {
  return {
    count: buckets.count[i] as number,
    sum: buckets.sum[i] as number,
    max: buckets.max[i] as number,
    last: buckets.last[i] as number,
  };
}

/** What a bucket is worth by what its property stands for. */
type Worth = "mean" | "total" | "last" | "max";
const worthOf: Readonly<Record<ObservedProperty["kind"], Worth>> = {
  mean: "mean",
  total: "total",
  instant: "last",
  state: "last",
};

/**
 * The value of a bucket and the share of expected readings that it holds; without the definition's completeness it is null.
 * A total is scaled up from what arrived.
 */
export function bucketValue(
  property: ObservedProperty,
  bucket: { count: number; sum: number; max: number; last: number },
  { seconds, completeness, as }: { seconds: number; completeness: number; as?: Worth | undefined },
): { value: number | null; coverage: number } {
  const expected = Math.max(1, Math.round(seconds / property.periodSeconds));
  const coverage = Math.min(1, bucket.count / expected);
  if (bucket.count === 0 || coverage < completeness) return { value: null, coverage };
  const worth = as ?? worthOf[property.kind];
  if (worth === "total") return { value: scaledTotal(bucket.sum, bucket.count, expected, completeness), coverage };
  if (worth === "mean") return { value: bucket.sum / bucket.count, coverage };
  return { value: bucket[worth], coverage };
}
