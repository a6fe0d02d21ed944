/** Levels and volumes of a reservoir: m above sea level and Mm3. */
export interface ReservoirCurve {
  dead: number;
  normal: number;
  v_dead: number;
  v_normal: number;
  pre_max: number | null;
}

/** V(h) of the two-point curve, clamped to [0, v_normal], Mm3. */
export function reservoirVolume(curve: ReservoirCurve, level: number): number {
  const slope = (curve.v_normal - curve.v_dead) / (curve.normal - curve.dead);
  return Math.min(curve.v_normal, Math.max(0, curve.v_dead + slope * (level - curve.dead)));
}

/** Useful volume in use, in percent, 0..110. */
export function reservoirFilling(curve: ReservoirCurve, volume: number): number {
  return Math.min(110, Math.max(0, (100 * (volume - curve.v_dead)) / (curve.v_normal - curve.v_dead)));
}

/**
 * Class of a river level against its alarm levels (1 from the first, …; 0 below the first) and its margin: the level minus
 * that of the class, for class 0 minus the first (negative). `toNext` is what is missing to the next class, null at the top.
 */
export function alarmClass(
  level: number,
  alarms: readonly number[],
): { class: number; margin: number; toNext: number | null } {
  const reached = alarms.findLastIndex((alarm) => level >= alarm);
  const next = alarms[reached + 1];
  return {
    class: reached + 1,
    margin: level - (alarms[Math.max(0, reached)] as number),
    toNext: next === undefined ? null : next - level,
  };
}

export interface Reading {
  time: number;
  value: number;
}

/** Index of the newest reading at or before `time`; -1 when there is none. */
export function newestAt(series: readonly Reading[], time: number): number {
  let low = 0;
  let high = series.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((series[middle] as Reading).time <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Leaves out depths that nothing confirms. A reading passes when it differs by less than `jump` from the one before and
 * the one after (a missing neighbour does not object), or when readings above `value - jump` around it last at least
 * `lasting` ms.
 * @param readings valid readings in time order
 */
export function confirmedDepths(readings: readonly Reading[], jump: number, lasting: number): Reading[] {
  return readings.filter((reading, i) => {
    const before = readings[i - 1];
    const after = readings[i + 1];
    const agrees = (other: Reading | undefined) => other === undefined || Math.abs(other.value - reading.value) < jump;
    if (agrees(before) && agrees(after) && (before !== undefined || after !== undefined)) return true;
    let first = i;
    let last = i;
    while (first > 0 && (readings[first - 1] as Reading).value > reading.value - jump) first -= 1;
    while (last < readings.length - 1 && (readings[last + 1] as Reading).value > reading.value - jump) last += 1;
    return (readings[last] as Reading).time - (readings[first] as Reading).time >= lasting;
  });
}
