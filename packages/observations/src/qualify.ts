import type { LatestValue, QualityFlag } from "@ioc/contracts";
import type { DatastreamSpec } from "./port.ts";

/**
 * Project settings for the checks of the station plan. A reading is `late` when a reading more than three periods newer is
 * known already (the age at which a station counts as stale) and it is not older than a day: what comes later still is
 * back-fill. A value is `flat` after six hours without change; where a reading is expected less often than every seven and
 * a half minutes, after 48 periods, for what is measured seldom changes slowly (a reservoir may stand for a day). Clocks
 * within a minute of city time are right.
 */
const LATE_PERIODS = 3;
const BACKFILL_MS = 24 * 3_600_000;
const FLAT_MS = 6 * 3_600_000;
const FLAT_PERIODS = 48;
const CLOCK_TOLERANCE_MS = 60_000;
/** Readings further apart than this many periods do not follow each other. */
const GAP_PERIODS = 1.5;
const FLAT_GAP_PERIODS = 3;

/** What is remembered of a datastream to judge its next reading. */
interface Memory {
  /** Newest phenomenonTime of any quality. */
  newest: number;
  /** Newest good reading. */
  goodTime: number;
  goodValue: number;
  /** Stretch of readings of the same value that ends with the newest. */
  runValue: number;
  runSince: number;
}

export interface Judgement {
  quality: QualityFlag;
  reasons: readonly string[];
}

const NONE: readonly string[] = [];
const nothing = (): Memory => ({
  newest: -Infinity,
  goodTime: -Infinity,
  goodValue: NaN,
  runValue: NaN,
  runSince: NaN,
});

/**
 * Judges readings by the catalogue's checks. What it remembers is of this process: after a start it is seeded with the
 * newest values, so that a flat stretch is counted anew from there.
 */
export class Qualifier {
  readonly #memory = new Map<string, Memory>();

  /** Takes over the newest values of the store, of any quality and of good quality. */
  seed(newest: readonly LatestValue[], good: readonly LatestValue[]): void {
    for (const { datastream, phenomenonTime } of newest) {
      this.#memory.set(datastream, { ...nothing(), newest: phenomenonTime });
    }
    for (const { datastream, phenomenonTime, result } of good) {
      if (result === null) continue;
      const memory = this.#memory.get(datastream) ?? nothing();
      this.#memory.set(datastream, {
        newest: Math.max(memory.newest, phenomenonTime),
        goodTime: phenomenonTime,
        goodValue: result,
        runValue: result,
        runSince: phenomenonTime,
      });
    }
  }

  /** Begins to judge a batch; nothing of it is remembered before {@link QualifierBatch.keep}. */
  batch(now: number): QualifierBatch {
    return new QualifierBatch(this.#memory, now);
  }
}

export class QualifierBatch {
  readonly #known: Map<string, Memory>;
  readonly #now: number;
  /** Memory after the readings of this batch, and of the stretches that are older than what is known. */
  readonly #ahead = new Map<string, Memory>();
  readonly #behind = new Map<string, Memory>();

  constructor(known: Map<string, Memory>, now: number) {
    this.#known = known;
    this.#now = now;
  }

  /**
   * Judges one reading; those of one datastream must come in rising time order.
   * @param value in the datastream's unit; null is quality 9
   * @param sent the sender's own verdict, which is never improved
   */
  judge(spec: DatastreamSpec, time: number, value: number | null, sent: QualityFlag = 1): Judgement {
    const known = this.#known.get(spec.id);
    const reasons: string[] = [];
    let quality: number = sent;
    if (time - this.#now > CLOCK_TOLERANCE_MS) {
      reasons.push("skew");
      quality = Math.max(quality, 2);
    }
    if (known && isLate(spec, time, known.newest, this.#now)) reasons.push("late");
    if (value === null) return { quality: 9, reasons };
    const memory = this.#memoryAt(spec.id, time, known);
    if (outOfRange(spec, value)) {
      reasons.push("range");
      quality = Math.max(quality, 4);
    } else {
      if (isSpike(spec, memory, time, value)) reasons.push("spike");
      if (isFlat(spec, memory, time, value)) reasons.push("flat");
      if (reasons.includes("spike") || reasons.includes("flat")) quality = Math.max(quality, 3);
    }
    remember(spec, memory, time, value, quality);
    return { quality: quality as QualityFlag, reasons: reasons.length > 0 ? reasons : NONE };
  }

  /** To be called when the batch was recorded. */
  keep(): void {
    for (const [id, memory] of this.#ahead) {
      const known = this.#known.get(id);
      if (!known || memory.newest >= known.newest) this.#known.set(id, memory);
    }
  }

  /** A reading older than what is known is judged by what came before it in this batch alone. */
  #memoryAt(id: string, time: number, known: Memory | undefined): Memory {
    const older = known !== undefined && time <= known.newest;
    const memories = older ? this.#behind : this.#ahead;
    let memory = memories.get(id);
    if (!memory) memories.set(id, (memory = older || !known ? nothing() : { ...known }));
    return memory;
  }
}

function isLate(spec: DatastreamSpec, time: number, newest: number, now: number): boolean {
  return newest - time > LATE_PERIODS * spec.periodSeconds * 1000 && now - time <= BACKFILL_MS;
}

function outOfRange(spec: DatastreamSpec, value: number): boolean {
  return (spec.min !== null && value < spec.min) || (spec.max !== null && value > spec.max);
}

function isSpike(spec: DatastreamSpec, memory: Memory, time: number, value: number): boolean {
  if (spec.maxStep === null || time - memory.goodTime > GAP_PERIODS * spec.periodSeconds * 1000) return false;
  return Math.abs(value - memory.goodValue) > spec.maxStep;
}

/** Totals, states and counts may rest, and so may nought and the ends of the range (dry, calm, saturated). */
function mayRest(spec: DatastreamSpec, value: number): boolean {
  if (spec.kind === "total" || spec.kind === "state" || spec.unit.startsWith("{")) return true;
  return value === 0 || value === spec.min || value === spec.max;
}

function isFlat(spec: DatastreamSpec, memory: Memory, time: number, value: number): boolean {
  if (value !== memory.runValue || brokenRun(spec, memory, time) || mayRest(spec, value)) return false;
  return time - memory.runSince >= Math.max(FLAT_MS, FLAT_PERIODS * spec.periodSeconds * 1000);
}

function brokenRun(spec: DatastreamSpec, memory: Memory, time: number): boolean {
  return time - memory.newest > FLAT_GAP_PERIODS * spec.periodSeconds * 1000;
}

function remember(spec: DatastreamSpec, memory: Memory, time: number, value: number, quality: number): void {
  if (value !== memory.runValue || brokenRun(spec, memory, time)) {
    memory.runValue = value;
    memory.runSince = time;
  }
  memory.newest = time;
  if (quality <= 2) {
    memory.goodTime = time;
    memory.goodValue = value;
  }
}
