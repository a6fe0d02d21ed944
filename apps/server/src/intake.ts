import type { Receipt } from "@ioc/contracts";
import type { Receiver } from "@ioc/observations";

/** The one way in for readings, whatever brought them; counts what came. */
export interface Intake extends Receiver {
  figures(): { observationsPerSecond: number; stored: number; quarantined: number };
}

export function createIntake(options: {
  receiver: Receiver;
  /** What the store held at the start. */
  held: { observations: number; quarantined: number };
  /** Real time, for the rate. */
  wallNow: () => number;
}): Intake {
  const { receiver } = options;
  const meter = createMeter(options.wallNow);
  let stored = options.held.observations;
  let quarantined = options.held.quarantined;
  return {
    async receive(inputs, source, unparsable): Promise<Receipt> {
      const receipt = await receiver.receive(inputs, source, unparsable);
      stored += receipt.stored;
      quarantined += receipt.quarantined;
      meter.add(receipt.received - receipt.quarantined);
      return receipt;
    },
    async quarantine(source, unparsable) {
      await receiver.quarantine(source, unparsable);
      quarantined += unparsable.length;
    },
    figures: () => ({ observationsPerSecond: meter.perSecond(), stored, quarantined }),
  };
}

/** Readings a second over the last minute of real time, in steps of one second. */
function createMeter(wallNow: () => number): { add(count: number): void; perSecond(): number } {
  const seconds = 60;
  const counts = new Float64Array(seconds);
  const startedAt = Math.floor(wallNow() / 1000);
  let newest = startedAt;
  const advance = () => {
    const now = Math.floor(wallNow() / 1000);
    for (let second = Math.max(newest, now - seconds) + 1; second <= now; second++) counts[second % seconds] = 0;
    newest = Math.max(newest, now);
  };
  return {
    add(count) {
      advance();
      const slot = newest % seconds;
      counts[slot] = (counts[slot] ?? 0) + count;
    },
    perSecond() {
      advance();
      const span = Math.min(seconds, Math.max(1, newest - startedAt + 1));
      return Math.round((counts.reduce((sum, count) => sum + count, 0) / span) * 10) / 10;
    },
  };
}
