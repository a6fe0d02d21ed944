import type { QualityFlag, QuarantineReason, Receipt } from "@ioc/contracts";
import { DatastreamDirectory } from "./directory.ts";
import type { Refusal } from "./directory.ts";
import type {
  DatastreamSpec,
  ObservationReader,
  ObservationWriter,
  QualifiedObservation,
  QuarantineInput,
  RecordReceipt,
} from "./port.ts";
import { Qualifier } from "./qualify.ts";
import { createUnitConversion, unitsLike } from "./units.ts";

/** A reading as a source has parsed it. Times in ms since 1970 (UTC); `result` in `unit`, or in the datastream's own. */
export interface ObservationInput {
  /** Place in what was sent, for the receipt. */
  index: number;
  datastream?: string | undefined;
  station?: string | undefined;
  property?: string | undefined;
  phenomenonTime: number;
  /** Default: phenomenonTime. */
  resultTime?: number | undefined;
  /** null: the sender says that there is no value. */
  result: number | null;
  /** UCUM code or a spelling in common use. */
  unit?: string | undefined;
  /** The sender's own verdict; never improved. */
  quality?: QualityFlag | undefined;
  /** Quality codes of the source's own, kept as reasons `source:<code>`. */
  sourceCodes?: readonly string[] | undefined;
}

/** An item or a whole payload that a source could not parse. */
export interface UnparsableInput {
  index: number;
  reason: QuarantineReason;
  message: string;
  /** What arrived; its beginning is kept. */
  sample: string;
}

export interface Receiver {
  /**
   * Places, converts, judges and records a batch; resolves after the commit. What cannot be placed, and what the source
   * could not parse, is quarantined and counted in the receipt. Rejects, with nothing recorded, when the store is busy.
   */
  receive(
    inputs: readonly ObservationInput[],
    source: string,
    unparsable?: readonly UnparsableInput[],
  ): Promise<Receipt>;
  /** Quarantines payloads of which nothing could be read. */
  quarantine(source: string, unparsable: readonly Omit<UnparsableInput, "index">[]): Promise<void>;
}

/**
 * Limits of a possible phenomenonTime: from 2 January 1970 (a clock that was never set counts from 1 January) to ten minutes
 * after city time.
 */
const EARLIEST_TIME = 86_400_000;
const AHEAD_MS = 600_000;

const RECEIPT_ITEMS = 1000;
const SAMPLE_LENGTH = 500;

interface Placed {
  index: number;
  spec: DatastreamSpec;
  time: number;
  resultTime: number;
  value: number | null;
  quality: QualityFlag | undefined;
  sourceCodes: readonly string[] | undefined;
}
type Refused = Refusal & { index: number; sample: string };

/** A receiver that learns of more datastreams while it runs. */
export interface OpenReceiver extends Receiver {
  /** Takes in readings of these from now on. They must be registered with the writer. */
  add(specs: readonly DatastreamSpec[]): void;
}

/** The way in for every source. The datastreams of `specs` must be registered with the writer. */
export function createReceiver(options: {
  specs: readonly DatastreamSpec[];
  writer: ObservationWriter;
  reader: ObservationReader;
  /** City time, ms. */
  now: () => number;
  /** Since when a datastream disagrees with its neighbours, ms; its readings from then on are doubtful. */
  drifting?: ReadonlyMap<string, number>;
}): OpenReceiver {
  const { specs, writer, reader, now } = options;
  const directory = new DatastreamDirectory(specs);
  const conversion = createUnitConversion();
  const qualifier = new Qualifier(options.drifting);
  const withSourceCodes = createSourceCodes();
  let seeded: Promise<void> | undefined;

  async function seed(): Promise<void> {
    const ids = specs.map((spec) => spec.id);
    const [newest, good] = await Promise.all([reader.latest(ids), reader.latestValid(ids, now() + AHEAD_MS)]);
    qualifier.seed(newest, good);
  }

  /** A failed start is tried again by the next batch. */
  function forgetSeed(error: unknown): never {
    seeded = undefined;
    throw error;
  }

  function place(input: ObservationInput, cityNow: number): Placed | Refusal {
    const spec = directory.find(input);
    if ("reason" in spec) return spec;
    const time = Math.round(input.phenomenonTime);
    const wrongTime = timeProblem(time, cityNow);
    if (wrongTime) return { reason: "impossible-time", message: wrongTime };
    let value = input.result;
    if (value !== null && !Number.isFinite(value)) {
      return {
        reason: "not-a-number",
        message: `result ${String(value)} is not a finite number; send null for no value`,
      };
    }
    if (input.unit !== undefined && input.unit !== spec.unit) {
      const convert = conversion(input.unit, spec.unit);
      if (!convert) return badUnit(input.unit, spec);
      if (value !== null) value = convert(value);
    }
    const resultTime = Number.isFinite(input.resultTime) ? Math.round(input.resultTime!) : time;
    const { index, quality, sourceCodes } = input;
    return { index, spec, time, resultTime, value, quality, sourceCodes };
  }

  async function receive(
    inputs: readonly ObservationInput[],
    source: string,
    unparsable: readonly UnparsableInput[] = [],
  ): Promise<Receipt> {
    await (seeded ??= seed().catch(forgetSeed));
    const cityNow = now();
    const placed: Placed[] = [];
    const refused: Refused[] = [...unparsable];
    for (const input of inputs) {
      const result = place(input, cityNow);
      if ("spec" in result) placed.push(result);
      else refused.push({ ...result, index: input.index, sample: sampleOf(input) });
    }
    inTimeOrder(placed);
    const judging = qualifier.batch(cityNow);
    const before = judging.lookBack(placed);
    if (before) judging.recall(await reader.raw(before));
    const qualified = placed.map((item): QualifiedObservation => {
      const { quality, reasons: found } = judging.judge(item.spec, item.time, item.value, item.quality);
      const reasons = withSourceCodes(found, item.sourceCodes);
      const { spec, time: phenomenonTime, resultTime, value: result } = item;
      return { datastream: spec.id, phenomenonTime, resultTime, result, quality, reasons };
    });
    const { sequence, outcomes, expired = [] } = await writer.record(qualified, source);
    judging.keep();
    for (const { index, keptSince } of expired) refused.push(expiredItem(placed[index]!, keptSince));
    await writer.quarantine(entriesOf(refused, source, cityNow));
    return makeReceipt(placed, outcomes, refused, sequence);
  }

  return {
    receive,
    add: (added) => directory.add(added),
    quarantine: (source, unparsable) => writer.quarantine(entriesOf(unparsable, source, now())),
  };
}

/** Other codes are kept as `source:other`: what is stored of reasons must not grow with what a sender makes up. */
const MOST_SOURCE_CODES = 256;
const MOST_CODES_OF_A_READING = 6;

/** Appends a source's own codes to the reasons of a reading. */
function createSourceCodes(): (reasons: readonly string[], codes: readonly string[] | undefined) => readonly string[] {
  const known = new Set<string>();
  return (reasons, codes) => {
    if (!codes || codes.length === 0) return reasons;
    const own = codes.slice(0, MOST_CODES_OF_A_READING).map((code) => {
      if (known.size < MOST_SOURCE_CODES) known.add(code);
      return `source:${known.has(code) ? code : "other"}`;
    });
    return [...reasons, ...new Set(own)];
  };
}

function timeProblem(time: number, cityNow: number): string | null {
  if (!Number.isFinite(time)) return "phenomenonTime is not a time";
  if (time < EARLIEST_TIME) return "phenomenonTime lies before 2 January 1970: the sender's clock was never set";
  const ahead = time - cityNow;
  if (ahead <= AHEAD_MS) return null;
  const minutes = Math.round(ahead / 60_000);
  return `phenomenonTime lies ${minutes} minutes after city time; at most ${AHEAD_MS / 60_000} are allowed`;
}

function badUnit(unit: string, spec: DatastreamSpec): Refusal {
  const right = unitsLike(spec.unit).slice(0, 8).join(", ");
  return {
    reason: "bad-unit",
    message: `${spec.id} is measured in ${spec.unit}, not in "${unit}"; right are: ${right}`,
  };
}

/** Each datastream is judged in time order. Most batches are in order already, as a whole or datastream by datastream. */
function inTimeOrder(placed: Placed[]): void {
  if (placed.every(({ time }, i) => i === 0 || time >= placed[i - 1]!.time)) return;
  const newest = new Map<DatastreamSpec, number>();
  const ordered = placed.every(({ spec, time }) => {
    const before = newest.get(spec) ?? -Infinity;
    newest.set(spec, time);
    return time >= before;
  });
  if (!ordered) placed.sort((a, b) => a.time - b.time);
}

function sampleOf(input: ObservationInput): string {
  return (JSON.stringify(input) ?? "").slice(0, SAMPLE_LENGTH);
}

/** A reading of a time of which nothing is kept any more: its day can no longer be computed exactly. */
function expiredItem({ index, spec, time, value }: Placed, keptSince: number): Refused {
  const phenomenonTime = new Date(time).toISOString();
  return {
    index,
    reason: "beyond-retention",
    message: `readings of ${spec.id} are kept since ${new Date(keptSince).toISOString()}; this one is of ${phenomenonTime}`,
    sample: JSON.stringify({ datastream: spec.id, phenomenonTime, result: value }),
  };
}

function entriesOf(
  refused: readonly Omit<UnparsableInput, "index">[],
  source: string,
  time: number,
): QuarantineInput[] {
  return refused.map(({ reason, message, sample }) => ({
    time,
    source,
    reason,
    message,
    sample: sample.slice(0, SAMPLE_LENGTH),
  }));
}

function makeReceipt(
  placed: readonly Placed[],
  outcomes: RecordReceipt["outcomes"],
  refused: readonly Refused[],
  sequence: number | null,
): Receipt {
  const count = { stored: 0, duplicate: 0, corrected: 0 };
  const items: Receipt["items"] = refused.map(({ index, reason, message }) => ({
    index,
    outcome: "quarantined",
    reason,
    message,
  }));
  for (const [i, outcome] of outcomes.entries()) {
    if (outcome === "expired") continue;
    count[outcome]++;
    if (outcome !== "stored") items.push({ index: placed[i]!.index, outcome });
  }
  items.sort((a, b) => a.index - b.index);
  return {
    received: count.stored + count.duplicate + count.corrected + refused.length,
    ...count,
    quarantined: refused.length,
    sequence,
    items: items.slice(0, RECEIPT_ITEMS),
  };
}
