import type { ObservationInput, UnparsableInput } from "@ioc/observations";
import { storeProblem } from "../api/gate.ts";
import type { Intake } from "../intake.ts";
import type { PlacedEntity, RefusedAttribute } from "./place.ts";
import type { ProblemDetails } from "./problems.ts";

const source = "ngsi-ld";
/** A receipt names at most so many items, and every one must be accounted for. */
const batchLength = 1000;
const sampleLength = 500;

/** What became of one entity. */
export interface TakenEntity {
  /** Names of the attributes whose readings are stored. */
  updated: string[];
  notUpdated: { attributeName: string; reason: string }[];
  /** Why nothing of it was taken; null otherwise. */
  problem: ProblemDetails | null;
}

/**
 * Sends what entities bring through the intake and waits for the commit. What cannot be taken goes to quarantine with its reason.
 * @param given each with the text that is kept as a sample
 * @throws {ProblemError} when the store is busy; nothing more than the batches before was stored then
 */
export async function takeEntities(
  intake: Intake,
  given: readonly { placed: PlacedEntity; sample: string }[],
): Promise<TakenEntity[]> {
  const taken = given.map(({ placed }): TakenEntity => {
    return { updated: [], notUpdated: [], problem: "problem" in placed ? placed.problem : null };
  });
  let inputs: (ObservationInput & { attribute: string; entity: number })[] = [];
  let refused: UnparsableInput[] = [];
  const flush = async () => {
    if (inputs.length + refused.length === 0) return;
    const sent = inputs;
    const unparsable = refused.map((one, i) => ({ ...one, index: sent.length + i }));
    inputs = [];
    refused = [];
    const plain = sent.map(({ attribute: _attribute, entity: _entity, ...input }) => input);
    const receipt = await intake.receive(plain, source, unparsable).catch((error: unknown) => {
      throw storeProblem(error);
    });
    const problems = new Map(
      receipt.items.filter((one) => one.outcome === "quarantined").map((one) => [one.index, one]),
    );
    for (const { index, attribute, entity } of sent) {
      const problem = problems.get(index);
      if (problem) refuse(taken[entity]!, { attribute, message: problem.message ?? problem.reason ?? "refused" });
      else taken[entity]!.updated.push(attribute);
    }
  };
  for (const [entity, { placed, sample }] of given.entries()) {
    const items = "problem" in placed ? 1 : placed.readings.length + placed.refused.length;
    if (inputs.length + refused.length + items > batchLength) await flush();
    if ("problem" in placed) {
      refused.push({ index: 0, reason: placed.reason, message: placed.problem.detail, sample: cut(sample) });
      continue;
    }
    for (const reading of placed.readings) inputs.push({ ...reading, index: inputs.length, entity });
    for (const one of placed.refused) {
      refused.push({ index: 0, reason: one.reason, message: one.message, sample: cut(sample) });
      refuse(taken[entity]!, one);
    }
  }
  await flush();
  return taken;
}

function refuse(taken: TakenEntity, { attribute, message }: Pick<RefusedAttribute, "attribute" | "message">): void {
  taken.notUpdated.push({ attributeName: attribute, reason: message });
}

function cut(sample: string): string {
  return sample.slice(0, sampleLength);
}
