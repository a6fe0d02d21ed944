import type { QualifiedObservation, RecordReceipt } from "../port.ts";
import type { ChangeFeed } from "./change-feed.ts";
import type { WaitingCall } from "./group-queue.ts";
import type { KnownState } from "./known-state.ts";
import { CORRECTED, OUTCOMES, STORED } from "./messages.ts";
import type { CommitResult } from "./messages.ts";

/** After a commit: brings the known state up to date, announces what changed, and answers the calls of the group. */
export function settle(calls: readonly WaitingCall[], result: CommitResult, state: KnownState, feed: ChangeFeed): void {
  const settled = calls.map((call) => (result.outcomes ? judged : allNew)(call, result, state));
  const { sequence } = result;
  if (sequence !== null) {
    const observations = settled.length === 1 ? settled[0]!.changed : settled.flatMap(({ changed }) => changed);
    feed.announce({ sequence, observations });
  }
  for (const [i, call] of calls.entries()) call.resolve(settled[i]!.receipt);
}

interface Settled {
  changed: readonly QualifiedObservation[];
  receipt: RecordReceipt;
}

function allNew({ observations, series }: WaitingCall, { sequence }: CommitResult, state: KnownState): Settled {
  for (let i = 0; i < observations.length; i++) state.committed(series[i]!, observations[i]!);
  const outcomes = Array<RecordReceipt["outcomes"][number]>(observations.length).fill("stored");
  return { changed: observations, receipt: { sequence: observations.length > 0 ? sequence : null, outcomes } };
}

function judged(call: WaitingCall, { sequence, outcomes, expired }: CommitResult, state: KnownState): Settled {
  const { observations, series, start } = call;
  const changed: QualifiedObservation[] = [];
  const own: RecordReceipt["outcomes"] = [];
  for (let i = 0; i < observations.length; i++) {
    const outcome = outcomes![start + i]!;
    own.push(OUTCOMES[outcome]!);
    if (outcome !== STORED && outcome !== CORRECTED) continue;
    state.committed(series[i]!, observations[i]!);
    changed.push(observations[i]!);
  }
  const receipt: RecordReceipt = { sequence: changed.length > 0 ? sequence : null, outcomes: own };
  const end = start + observations.length;
  const late = expired.filter(({ index }) => index >= start && index < end);
  if (late.length > 0) {
    receipt.expired = late.map(({ index, keptSince }) => ({ index: index - start, keptSince }));
  }
  return { changed, receipt };
}
