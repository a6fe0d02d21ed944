import type { Receipt } from "@ioc/contracts";
import { StoreBusy, StoreUnavailable, type Receiver } from "@ioc/observations";
import type { Family } from "./metrics/exposition.ts";
import { Counter, durationBounds, Histogram } from "./metrics/instruments.ts";
import { createIntakeRate, type IntakeRate } from "./system/intake-rate.ts";

/** What became of readings since the program started. */
export type IntakeOutcomes = Record<"stored" | "duplicate" | "corrected" | "quarantined", number>;

/** The one way in for readings, whatever brought them; counts what came. */
export interface Intake extends Receiver {
  figures(): { observationsPerSecond: number; stored: number; quarantined: number };
  /** Readings that wait for their commit. */
  pending(): number;
  /** From now on refuses as busy while more than `limit` readings wait for whoever follows them. */
  holdBack(waiting: () => number, limit: number): void;
  outcomes(): IntakeOutcomes;
  lastHour: IntakeRate["lastHour"];
  /** Seconds from handing a batch over to its commit, of the newest batches; empty before the first. */
  acknowledgements(): readonly number[];
  families(): Family[];
}

const latenciesKept = 1000;
/** Seconds that a sender is asked to wait when the rules lag behind. */
const followerPause = 2;

export function createIntake(options: {
  receiver: Receiver;
  /** What the store held at the start. */
  held: { observations: number; quarantined: number };
  /** Real time, for the rate. */
  wallNow: () => number;
}): Intake {
  const { receiver } = options;
  const rate = createIntakeRate(options.wallNow);
  const counted = createCounters();
  const outcomes: IntakeOutcomes = { stored: 0, duplicate: 0, corrected: 0, quarantined: 0 };
  const latencies: number[] = [];
  let pending = 0;
  let mayTake = () => true;
  let { observations: stored, quarantined } = options.held;

  const count = (source: string, outcome: keyof IntakeOutcomes, amount: number) => {
    outcomes[outcome] += amount;
    if (amount > 0) counted.observations.add(amount, sourceKind(source), outcome);
  };
  const acknowledged = (source: string, seconds: number) => {
    counted.duration.observe(seconds, sourceKind(source));
    counted.batches.add(1, sourceKind(source), "accepted");
    latencies.push(seconds);
    if (latencies.length > latenciesKept) latencies.shift();
  };

  return {
    async receive(inputs, source, unparsable): Promise<Receipt> {
      if (!mayTake()) {
        counted.batches.add(1, sourceKind(source), "busy");
        throw new StoreBusy(followerPause);
      }
      const size = inputs.length;
      const startedAt = performance.now();
      pending += size;
      try {
        const receipt = await receiver.receive(inputs, source, unparsable);
        acknowledged(source, (performance.now() - startedAt) / 1000);
        stored += receipt.stored;
        quarantined += receipt.quarantined;
        rate.add(receipt.received - receipt.quarantined);
        for (const outcome of ["stored", "duplicate", "corrected", "quarantined"] as const) {
          count(source, outcome, receipt[outcome]);
        }
        return receipt;
      } catch (error) {
        counted.batches.add(1, sourceKind(source), failureOf(error));
        throw error;
      } finally {
        pending -= size;
      }
    },
    async quarantine(source, unparsable) {
      await receiver.quarantine(source, unparsable);
      quarantined += unparsable.length;
      count(source, "quarantined", unparsable.length);
    },
    figures: () => ({ observationsPerSecond: rate.perSecond(), stored, quarantined }),
    pending: () => pending,
    holdBack(waiting, limit) {
      mayTake = () => waiting() < limit;
    },
    outcomes: () => ({ ...outcomes }),
    lastHour: rate.lastHour,
    acknowledgements: () => latencies,
    families: () => Object.values(counted).map((one) => one.family()),
  };
}

function createCounters() {
  return {
    observations: new Counter("ioc_intake_observations", "Readings that came in, by what became of them.", [
      "source",
      "outcome",
    ]),
    batches: new Counter("ioc_intake_batches", "Batches that came in; those not accepted are sent again later.", [
      "source",
      "result",
    ]),
    duration: new Histogram(
      "ioc_intake_acknowledge_seconds",
      "From handing a batch over to its commit, the wait in the queue included.",
      durationBounds,
      ["source"],
    ),
  };
}

/** `http:gateway-3` → `http`: a label must not grow with the number of senders. */
function sourceKind(source: string): string {
  return /^[a-z][a-z0-9-]{0,30}/.exec(source)?.[0] ?? "other";
}

function failureOf(error: unknown): string {
  if (error instanceof StoreBusy) return "busy";
  return error instanceof StoreUnavailable ? "unavailable" : "failed";
}
