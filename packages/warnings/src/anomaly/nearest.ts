/** Puts a distance into an ascending list of the smallest ones, which keeps its length; larger ones are left out. */
export function insert(nearest: number[], distance: number): void {
  let place = nearest.length - 1;
  if (distance >= (nearest[place] ?? 0)) return;
  for (; place > 0 && (nearest[place - 1] ?? 0) > distance; place--) nearest[place] = nearest[place - 1] ?? 0;
  nearest[place] = distance;
}
