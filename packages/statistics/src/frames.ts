import type { Frame, Network, StatisticDefinition } from "@ioc/contracts";
import { calendarOf, datastreamId } from "@ioc/contracts";
import { checkStatistic } from "./check.ts";
import { evaluate, failedFrame, planOf, readsOf } from "./evaluate.ts";
import { fetchReads } from "./fetch.ts";
import type { ReadingSource, RowSource } from "./fetch.ts";
import type { Span } from "./grid.ts";
import type { PastReadings } from "./past-readings.ts";
import type { PlanContext } from "./step.ts";
import { inputsOf, viewOf } from "./view.ts";
import type { View, ViewRequest } from "./view.ts";

/** What frames are worked out from. */
export interface FrameSources {
  network: Network;
  reader: ReadingSource;
  datasets: RowSource;
  past?: PastReadings | undefined;
  /** Whether the readings of the stations are made up (a played city). */
  played?: boolean;
}

function datastreamsOf(plan: PlanContext, view: View): Set<string> {
  return new Set(
    view.stations.flatMap((station) =>
      inputsOf(plan.definition, station).map((property) => datastreamId(station.id, property)),
    ),
  );
}

const faults = new WeakMap<StatisticDefinition, readonly string[]>();

/** Throws when a definition does not pass its check; each is checked once. */
function refuseFaulty(definition: StatisticDefinition, network: Network): void {
  const found = faults.get(definition) ?? checkStatistic(definition, network);
  faults.set(definition, found);
  if (found.length > 0) throw new Error(found.join("; "));
}

/** Works out several views of one definition from one set of reads; a view that fails becomes a frame that says so. */
export async function framesOf(
  definition: StatisticDefinition,
  requests: readonly ViewRequest[],
  { network, reader, datasets, past, played = false }: FrameSources,
  now: number,
): Promise<{ frames: Frame[]; span: Span | null }> {
  const views = requests.map((request) => viewOf(definition, network, request));
  const bare = views.map((view): PlanContext => {
    const stations = view.stations;
    return { definition, network, calendar: calendarOf(network.timezone), view, now, stations };
  });
  try {
    refuseFaulty(definition, network);
    const plans = views.map((view) => planOf(definition, network, view, now));
    const fetched = await fetchReads(plans.flatMap(readsOf), { reader, datasets, past });
    const synthetic = fetched.synthetic || (played && definition.input.some((input) => "kind" in input));
    const frames = plans.map((plan) => {
      try {
        return evaluate(plan, fetched.data, fetched.asOf(datastreamsOf(plan, plan.view), now), synthetic);
      } catch (error) {
        return failedFrame(plan, error);
      }
    });
    return { frames, span: { from: fetched.from, to: fetched.to } };
  } catch (error) {
    return { frames: bare.map((plan) => failedFrame(plan, error)), span: null };
  }
}
