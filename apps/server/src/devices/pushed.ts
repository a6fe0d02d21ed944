import type { Receipt } from "@ioc/contracts";
import type { ObservationInput, UnparsableInput } from "@ioc/observations";
import { sampleOf } from "../sources/sample.ts";

/** What a pushed message comes to. */
export interface Pushed {
  inputs: ObservationInput[];
  refused: UnparsableInput[];
  /** Kind of a message without readings; null for readings. */
  event: string | null;
  /** Fields that no property is named for. */
  ignored: string[];
}

/** Of a message that carries no readings. */
export function pushedEvent(event: string): Pushed {
  return { inputs: [], refused: [], event, ignored: [] };
}

/** Of a message that cannot be placed or read. */
export function pushedRefusal(reason: UnparsableInput["reason"], message: string, json: unknown): Pushed {
  const sample = sampleOf(json);
  return { inputs: [], refused: [{ index: 0, reason, message, sample }], event: null, ignored: [] };
}

/** Receipt of a message of which nothing had to be stored. */
export const emptyReceipt: Receipt = {
  received: 0,
  stored: 0,
  duplicate: 0,
  corrected: 0,
  quarantined: 0,
  sequence: null,
  items: [],
};
