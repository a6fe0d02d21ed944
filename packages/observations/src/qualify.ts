import type { LatestValue, QualityFlag } from "@ioc/contracts";
import type { DatastreamSpec, RawQuery, RawRows } from "./port.ts";
import {
  followsGap,
  isFlat,
  isLate,
  isOutOfRange,
  isSpike,
  nothing,
  remember,
  STEP_PERIODS,
  type Memory,
} from "./qualify-checks.ts";

/** Clocks within a minute of city time are right (project setting). */
const CLOCK_TOLERANCE_MS = 60_000;
/** Stored readings that are looked at before a batch of older ones is judged, at most; a project setting. */
const LOOK_BACK_READINGS = 20_000;

export interface Judgement {
  quality: QualityFlag;
  /** `skew`, `late`, `gap`, `range`, `spike`, `flat`, `drift`, in this order. */
  reasons: readonly string[];
}

const NONE: readonly string[] = [];

/**
 * Judges readings by the catalogue's checks. What it remembers is of this process: after a start it is seeded with the
 * newest values, so that a flat stretch is counted anew from there.
 *
 * A sender whose clock runs behind is not told apart from one that delivers late: the only times a reading carries are those
 * of that clock, so both look alike, and a guess would mark the honest back-fill of a buffer.
 */
export class Qualifier {
  readonly #slots = new Map<string, Slot>();
  readonly #drifting: ReadonlyMap<string, number>;

  /** @param drifting since when a datastream disagrees with its neighbours, ms; kept up to date by its owner */
  constructor(drifting: ReadonlyMap<string, number> = new Map()) {
    this.#drifting = drifting;
  }

  /** Takes over the newest values of the store, of any quality and of good quality. */
  seed(newest: readonly LatestValue[], good: readonly LatestValue[]): void {
    for (const { datastream, phenomenonTime } of newest) {
      this.#slots.set(datastream, slotOf({ ...nothing(), newest: phenomenonTime }));
    }
    for (const { datastream, phenomenonTime, result } of good) {
      if (result === null) continue;
      const memory = this.#slots.get(datastream)?.known ?? nothing();
      const known: Memory = {
        newest: Math.max(memory.newest, phenomenonTime),
        step: memory.step,
        goodTime: phenomenonTime,
        goodValue: result,
        runValue: result,
        runSince: phenomenonTime,
      };
      this.#slots.set(datastream, slotOf(known));
    }
  }

  /** Begins to judge a batch; nothing of it is remembered before {@link QualifierBatch.keep}. */
  batch(now: number): QualifierBatch {
    return new QualifierBatch(this.#slots, this.#drifting, now);
  }
}

export class QualifierBatch {
  readonly #slots: Map<string, Slot>;
  readonly #drifting: ReadonlyMap<string, number>;
  readonly #now: number;
  /** Memory after the readings of this batch, to be kept with its slot. */
  readonly #ahead: { slot: Slot; memory: Memory }[] = [];
  /** First reading of each stretch that is older than what is known. */
  #oldest = new Map<string, { spec: DatastreamSpec; time: number }>();

  constructor(slots: Map<string, Slot>, drifting: ReadonlyMap<string, number>, now: number) {
    this.#slots = slots;
    this.#drifting = drifting;
    this.#now = now;
  }

  /**
   * What must be read of the store so that readings older than what is known are judged like live ones: whatever may precede
   * the first of each datastream; of datastreams that report so often that this would be too much only the last part of it.
   * Null when there are none, or when they lie so far apart that too much would be read; then they are judged among themselves.
   * @param readings those of one datastream in rising time order
   */
  lookBack(readings: Iterable<{ spec: DatastreamSpec; time: number }>): RawQuery | null {
    this.#oldest = new Map();
    let from = Infinity;
    let [first, last] = [Infinity, -Infinity];
    /** Readings that come in a ms, as often as they are meant to and as they were seen to. */
    let [meant, seen] = [0, 0];
    for (const { spec, time } of readings) {
      const known = this.#slots.get(spec.id)?.known;
      if (!known || time > known.newest || this.#oldest.has(spec.id)) continue;
      this.#oldest.set(spec.id, { spec, time });
      const period = spec.periodSeconds * 1000;
      from = Math.min(from, time - STEP_PERIODS * period - 1);
      first = Math.min(first, time);
      last = Math.max(last, time);
      meant += 1 / period;
      seen += 1 / Math.min(period, known.step);
    }
    const to = last - 1;
    if (this.#oldest.size === 0 || (to - from) * meant > LOOK_BACK_READINGS) return null;
    const nearest = to - LOOK_BACK_READINGS / seen;
    // Not even the readings themselves fit into what may be read.
    if (nearest >= first) return null;
    return { datastreams: [...this.#oldest.keys()], from: Math.max(from, nearest), to };
  }

  /** Takes in what {@link lookBack} asked for; the batch is to be judged in the same turn. */
  recall({ datastream, time, result, quality }: RawRows): void {
    for (const [i, id] of datastream.entries()) {
      const oldest = this.#oldest.get(id);
      const value = result[i] ?? null;
      if (!oldest || value === null || time[i]! >= oldest.time) continue;
      const slot = this.#slot(id);
      remember(oldest.spec, (slot.behind ??= nothing()), time[i]!, value, quality[i]!);
    }
  }

  /**
   * Judges one reading; those of one datastream must come in rising time order.
   * @param value in the datastream's unit; null is quality 9
   * @param sent the sender's own verdict, which is never improved
   */
  judge(spec: DatastreamSpec, time: number, value: number | null, sent: QualityFlag = 1): Judgement {
    const slot = this.#slot(spec.id);
    const { known } = slot;
    const reasons: string[] = [];
    let quality: number = sent;
    if (time - this.#now > CLOCK_TOLERANCE_MS) {
      reasons.push("skew");
      quality = Math.max(quality, 2);
    }
    if (known && isLate(spec, time, known.newest, this.#now)) reasons.push("late");
    if (value === null) return { quality: 9, reasons };
    const memory = this.#memoryAt(slot, time);
    if (followsGap(spec, memory, time)) reasons.push("gap");
    if (isOutOfRange(spec, value)) {
      reasons.push("range");
      quality = Math.max(quality, 4);
    } else {
      const before = reasons.length;
      if (isSpike(spec, memory, time, value)) reasons.push("spike");
      if (isFlat(spec, memory, time, value)) reasons.push("flat");
      if (reasons.length > before) quality = Math.max(quality, 3);
    }
    remember(spec, memory, time, value, quality);
    if (this.#drifting.size > 0 && time >= (this.#drifting.get(spec.id) ?? Infinity)) {
      reasons.push("drift");
      quality = Math.max(quality, 3);
    }
    return { quality: quality as QualityFlag, reasons: reasons.length > 0 ? reasons : NONE };
  }

  /** To be called when the batch was recorded. */
  keep(): void {
    for (const { slot, memory } of this.#ahead) {
      if (!slot.known || memory.newest >= slot.known.newest) slot.known = memory;
    }
    // Slots refer to the batch for long.
    this.#ahead.length = 0;
    this.#oldest.clear();
  }

  /** A reading older than what is known is judged by what came before it in the store, if looked up, and in this batch. */
  #memoryAt(slot: Slot, time: number): Memory {
    const { known } = slot;
    if (known && time <= known.newest) return (slot.behind ??= nothing());
    if (!slot.ahead) {
      slot.ahead = known ? { ...known } : nothing();
      this.#ahead.push({ slot, memory: slot.ahead });
    }
    return slot.ahead;
  }

  #slot(id: string): Slot {
    let slot = this.#slots.get(id);
    if (!slot) this.#slots.set(id, (slot = slotOf(null)));
    if (slot.batch !== this) {
      slot.batch = this;
      slot.ahead = null;
      slot.behind = null;
    }
    return slot;
  }
}

/** What is known of a datastream, and what the batch that looked at it last makes of it: one look-up serves both. */
interface Slot {
  known: Memory | null;
  batch: QualifierBatch | null;
  ahead: Memory | null;
  /** Of a stretch that is older than what is known. */
  behind: Memory | null;
}

function slotOf(known: Memory | null): Slot {
  return { known, batch: null, ahead: null, behind: null };
}
