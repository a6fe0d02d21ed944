import type { Datasets } from "@ioc/catalogue";
import { observedEventsDataset, observedEventsOf } from "@ioc/warnings";
import type { ObservedEvent } from "@ioc/warnings";

/** Events on record; none in a pack that has no such dataset. */
export async function observedEventsIn(datasets: Pick<Datasets, "definition" | "table">): Promise<ObservedEvent[]> {
  if (!datasets.definition(observedEventsDataset)) return [];
  return observedEventsOf(await datasets.table(observedEventsDataset));
}
