import { observationInput, type QualityFlag } from "@ioc/contracts";
import type { ObservationInput, UnparsableInput } from "@ioc/observations";
import { plainIsoTime } from "./iso-time.ts";
import { sampleOf } from "./sample.ts";

export interface ParsedBatch {
  inputs: ObservationInput[];
  refused: UnparsableInput[];
}

/**
 * Reads the items of `POST /api/v1/observations`. One bad item is refused alone. The plain case is read by hand, as a batch
 * has up to 50,000 items; whatever deviates from it is judged, and the refusal worded, by the contract's schema.
 * @param first Index of the first item within its batch.
 */
export function parseItems(items: readonly unknown[], first = 0): ParsedBatch {
  const batch: ParsedBatch = { inputs: [], refused: [] };
  for (const [i, item] of items.entries()) {
    const index = first + i;
    const plain = plainItem(item, index);
    if (plain) batch.inputs.push(plain);
    else checkItem(item, index, batch);
  }
  return batch;
}

/** Fields a plain item may have, and the longest text of each. */
const longest: Readonly<Record<string, number>> = { datastream: 200, station: 120, property: 80, unit: 40 };

function plainItem(item: unknown, index: number): ObservationInput | null {
  if (typeof item !== "object" || item === null) return null;
  const given = item as Readonly<Record<string, unknown>>;
  const time = given["phenomenonTime"];
  const result = given["result"];
  if (typeof time !== "string" || (result !== null && !Number.isFinite(result))) return null;
  const phenomenonTime = plainIsoTime(time);
  if (phenomenonTime === null) return null;
  const input: ObservationInput = { index, phenomenonTime, result: result as number | null };
  for (const key in given) {
    if (key === "phenomenonTime" || key === "result") continue;
    const value = given[key];
    if (key === "resultTime") {
      const resultTime = typeof value === "string" ? plainIsoTime(value) : null;
      if (resultTime === null) return null;
      input.resultTime = resultTime;
    } else if (key in longest) {
      if (typeof value !== "string" || value.length > (longest[key] ?? 0)) return null;
      input[key as "datastream" | "station" | "property" | "unit"] = value;
    } else return null;
  }
  const named = input.datastream !== undefined || (input.station !== undefined && input.property !== undefined);
  return named ? input : null;
}

function checkItem(item: unknown, index: number, batch: ParsedBatch): void {
  const parsed = observationInput.safeParse(item);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const message = [issue?.path.join("."), issue?.message].filter(Boolean).join(": ");
    const sample = sampleOf(item);
    batch.refused.push({ index, reason: "bad-item", message, sample });
    return;
  }
  const { phenomenonTime, resultTime, quality, sourceCodes, datastream, station, property, unit, result } = parsed.data;
  batch.inputs.push({
    index,
    phenomenonTime: Date.parse(phenomenonTime),
    result,
    ...(datastream === undefined ? {} : { datastream }),
    ...(station === undefined ? {} : { station }),
    ...(property === undefined ? {} : { property }),
    ...(unit === undefined ? {} : { unit }),
    ...(resultTime === undefined ? {} : { resultTime: Date.parse(resultTime) }),
    ...(quality === undefined ? {} : { quality: quality satisfies QualityFlag }),
    ...(sourceCodes === undefined ? {} : { sourceCodes }),
  });
}
