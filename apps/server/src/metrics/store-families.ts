import type { StorageFigures } from "@ioc/observations/sqlite";
import type { Family } from "./exposition.ts";
import { gauge } from "./instruments.ts";

/** What the observation store tells of itself; nothing when it cannot answer. */
export function storeFamilies(figures: StorageFigures | null): Family[] {
  if (!figures) return [];
  const { bounds, counts, sum } = figures.commitSeconds;
  return [
    {
      type: "histogram",
      name: "ioc_store_commit_seconds",
      help: "Transactions of the writer, without the wait in its queue.",
      samples: [{ bounds, counts, sum }],
    },
    {
      type: "counter",
      name: "ioc_store_flushes",
      help: "Times that days were written from the journal into blocks.",
      samples: [{ value: figures.flushes }],
    },
    gauge("ioc_store_queue_readings", "Readings that wait for the writer.", [{ value: figures.queue.readings }]),
    gauge("ioc_store_queue_limit_readings", "Readings that may wait for the writer.", [{ value: figures.queue.limit }]),
    gauge("ioc_store_tail_readings", "Readings in memory that no block holds yet.", [{ value: figures.tail }]),
    gauge("ioc_store_journal_rows", "Rows of the journal.", [{ value: figures.journalRows }]),
    gauge("ioc_store_cached_blocks", "Decoded blocks that are kept in memory by the writer.", [
      { value: figures.cachedBlocks },
    ]),
  ];
}
