import { durationMs } from "@ioc/contracts";
import type { AggregateRequest } from "@ioc/observations";
import { badQuery } from "./series-selection.ts";

const calendar = { P1D: "day", P1W: "week", P1M: "month", P1Y: "year" } as const;
const minuteMs = 60_000;

/**
 * `P1D`, `P1W`, `P1M` and `P1Y` are units of the city's calendar; `PT…` is a width.
 * @throws {ProblemError} 400 for anything else, or a width that is no whole number of minutes
 */
export function bucketOf(text: string): AggregateRequest["bucket"] {
  const unit = Object.entries(calendar).find(([code]) => code === text)?.[1];
  if (unit) return { calendar: unit };
  const width = text.startsWith("PT") ? durationMs(text) : null;
  if (width !== null && width > 0 && width % minuteMs === 0) return { width };
  throw badQuery("bucket", "must be P1D, P1W, P1M, P1Y or whole minutes and hours such as PT12M or PT6H");
}
