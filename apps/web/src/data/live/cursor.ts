import type { LiveFrame } from "@ioc/contracts";

/** How far a topic was read: the server's epoch and the sequence number of the last change applied. */
export interface Cursor {
  epoch: string;
  seq: number;
}

/** `apply` it, `ignore` it (seen before), or `resync` (something is missing: subscribe again). */
export type Verdict = "apply" | "ignore" | "resync";

/** What to do with a frame, given how far the topic was read. Pure. */
export function judgeFrame(
  cursor: Cursor | null,
  frame: Pick<LiveFrame, "epoch" | "seq" | "kind"> & { after?: number },
): Verdict {
  const sameEpoch = cursor !== null && cursor.epoch === frame.epoch;
  if (frame.kind === "snapshot") return sameEpoch && frame.seq < cursor.seq ? "ignore" : "apply";
  if (!sameEpoch) return "resync";
  if (frame.seq <= cursor.seq) return "ignore";
  return frame.after === cursor.seq ? "apply" : "resync";
}
