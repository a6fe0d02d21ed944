import type { CityPack } from "@ioc/city-pack";
import type { Network } from "@ioc/contracts";
import {
  bodyOf,
  createWorld,
  DatasetSending,
  driversOf,
  Faults,
  historyBatches,
  Live,
  PlayedCity,
  playedDatasets,
} from "@ioc/simulator";
import type { ScenarioPlan } from "@ioc/simulator";
import type { Space } from "./space.ts";

const DAY = 86_400_000;
const batch = 20_000;
/** The municipal systems send this often, ms of city time. */
const rowsEvery = 900_000;
/** What a rule may still ask of the world behind its first reading. */
const marginMs = 2 * DAY;

export interface PlayedOptions {
  pack: CityPack;
  network: Network;
  space: Space;
  /** City time at which the readings begin to come live, and how far back the past goes, that of some kinds further, ms. */
  from: number;
  historyMs: number;
  longer: Readonly<Record<string, number>>;
  /** How long it plays, ms. */
  lengthMs: number;
  seed: number;
  /** Moves the clock of the space. */
  setNow(time: number): void;
  report(text: string): void;
}

/** The played city in lock step: nothing comes before its time is asked for, and all of it has come when the call ends. */
export function playCity(options: PlayedOptions) {
  const { pack, network, space, from, historyMs, longer, lengthMs, seed, setNow, report } = options;
  const longestMs = Math.max(historyMs, ...Object.values(longer));
  const begin = from - longestMs;
  const world = createWorld({
    network,
    reference: pack.reference,
    simulator: pack.simulator,
    seed,
    from: begin,
    keepMs: longestMs + lengthMs + marginMs,
  });
  world.advance(from);
  const drivers = driversOf(world);
  // Stations are healthy: an exercise is about the scenario, and whatever falls silent does so because of it.
  const faults = new Faults(world, false);
  const live = new Live({ world, drivers, faults, start: from, sampling: 1, haveTo: null });
  const { datasets, problems } = playedDatasets(new PlayedCity(world, begin));
  for (const problem of problems) report(problem);
  let now = from;
  const sending = new DatasetSending({
    datasets: datasets.filter(({ id }) => isRead(pack, id) && space.datasets.definition(id) !== undefined),
    gateway: {
      backlog: 0,
      async postRows(id, rows) {
        return { kind: "taken", receipt: await space.datasets.put(id, rows, { synthetic: true, now }) };
      },
    },
    start: from,
    now: () => now,
    history: true,
    stopped: () => false,
    pause: () => Promise.resolve(),
    progress: () => undefined,
    report,
  });
  return {
    /** Lays down the past, in pieces between which others get a turn. */
    async *history(): AsyncGenerator<void> {
      const firsts = new Map(drivers.map((driver, i) => [driver, live.firstLabel(i)]));
      const liveFrom = (driver: (typeof drivers)[number]) => firsts.get(driver) ?? from;
      const shared = { faults, have: null, batch };
      const pasts = [historyBatches({ ...shared, drivers, from: from - historyMs, liveFrom, to: from })];
      for (const [kind, ms] of Object.entries(longer)) {
        const to = from - historyMs;
        const own = drivers.filter((driver) => driver.stationKind === kind);
        pasts.push(historyBatches({ ...shared, drivers: own, from: from - ms, liveFrom: () => to, to }));
      }
      for (const past of pasts) {
        for (const { body } of past) {
          await space.take(body);
          yield;
        }
      }
      await sending.layHistory();
    },
    /** Readings and rows up to a city time. */
    async advance(time: number): Promise<void> {
      now = time;
      setNow(time);
      await space.take(bodyOf(live.collect(time)));
      if (time % rowsEvery === 0) await sending.sendDue();
    },
    /** Starts a scenario now. */
    start(plan: ScenarioPlan): void {
      world.influence.start(plan, now);
    },
  };
}

/** Whether a warning reads rows of a dataset, directly or as one of its pipeline's. */
function isRead(pack: CityPack, dataset: string): boolean {
  return pack.warnings.some(({ inputs }) => inputs.some((input) => "dataset" in input && input.dataset === dataset));
}
