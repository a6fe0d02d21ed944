const stepHours = 1 / 12;

/** What a catchment is like. */
export interface Catchment {
  areaKm2: number;
  /** Time constant of the quick run-off, hours. */
  quickHours: number;
}

/** Base flow runs dry over about 20 days. */
const slowHours = 480;
/** Slow store at which the ground is as wet as it gets, mm. */
const fullStore = 260;

/**
 * Two linear reservoirs behind each other's share: rain on wet ground runs off quickly, the rest seeps and keeps the river
 * flowing between rains. State of many catchments in flat arrays; one step is five minutes.
 */
export class RunOff {
  readonly #catchments: readonly Catchment[];
  readonly #quick: Float64Array;
  readonly #slow: Float64Array;

  /** `monthlyRain` mm: rain of the season before, for a believable start of the slow store. */
  constructor(catchments: readonly Catchment[], monthlyRain: number) {
    this.#catchments = catchments;
    this.#quick = new Float64Array(catchments.length);
    this.#slow = new Float64Array(catchments.length).fill(Math.min(fullStore, 12 + monthlyRain * 0.42));
  }

  /** One step of rain (mm/h) on a catchment; answers its flow in m3/s. */
  step(index: number, rainMmPerHour: number): number {
    const catchment = this.#catchments[index];
    if (!catchment) return 0;
    const wet = Math.min(1, (this.#slow[index] ?? 0) / fullStore);
    const quickShare = 0.12 + 0.55 * wet;
    const rain = rainMmPerHour * stepHours;
    const quickOut = ((this.#quick[index] ?? 0) * stepHours) / catchment.quickHours;
    const slowOut = ((this.#slow[index] ?? 0) * stepHours) / slowHours;
    this.#quick[index] = (this.#quick[index] ?? 0) + rain * quickShare - quickOut;
    const seeping = rain * (1 - quickShare) * (wet >= 1 ? 0.3 : 0.8);
    this.#slow[index] = (this.#slow[index] ?? 0) + seeping - slowOut;
    return ((quickOut + slowOut) / stepHours) * (catchment.areaKm2 / 3.6) + 0.004 * catchment.areaKm2;
  }
}
