export interface WaterBalance {
  /** Volume above the dead level, Mm³. */
  useful: number;
  /** Present inflow, Mm³ a day; it becomes `recession` times as much each day. */
  inflow: number;
  recession: number;
  /** What is drawn and evaporates, Mm³ a day. */
  loss: number;
}

/** The balance is followed for so long; a store that lasts longer lasts "this long at least". */
const mostDays = 400;

/**
 * Days until the useful volume of a reservoir is used up: V(t+1) = V(t) + inflow(t) - loss, day by day, the last one in parts. The
 * inflow dies away as that of a river without rain does.
 *
 * @returns 0 for an empty store, at most 400
 */
export function daysOfStorage({ useful, inflow, recession, loss }: WaterBalance): number {
  let volume = useful;
  let coming = inflow;
  for (let day = 0; day < mostDays; day++) {
    if (volume <= 0) return day;
    const next = volume + coming - loss;
    if (next <= 0) return Math.min(mostDays, day + volume / (loss - coming));
    volume = next;
    coming *= recession;
  }
  return mostDays;
}
