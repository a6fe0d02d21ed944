/**
 * A queue as a fluid: of rank i in the order of `order` (ties in the order given), each is done on day ceil(i / rate), day 1 being the
 * first.
 *
 * @param order what comes first, for example due times in ms
 * @param rate how many are done a day; 0 and null give null, since nothing says when their turn comes
 */
export function turnDays(order: readonly number[], rate: number | null): (number | null)[] {
  if (rate === null || rate <= 0) return order.map(() => null);
  const days = Array<number>(order.length).fill(0);
  order
    .map((_, i) => i)
    .sort((a, b) => (order[a] as number) - (order[b] as number) || a - b)
    // Less a trifle: 3 files at 0.1 a day are 30 days, whatever binary fractions make of it.
    .forEach((i, rank) => (days[i] = Math.ceil((rank + 1) / rate - 1e-9)));
  return days;
}
