import type { Change, ObservationReader, ObservationRecord } from "@ioc/observations";

/** Questions to the store that are under way at once. */
const atOnce = 32;

interface Entry {
  record: ObservationRecord;
  /** False while it is only known that this one came; an older start may hold a newer one. */
  complete: boolean;
}

/** Newest reading of each datastream with all that is known of it, from memory once it was asked for. */
export class NewestReadings {
  readonly #reader: Pick<ObservationReader, "latest" | "page">;
  readonly #entries = new Map<string, Entry>();

  constructor(reader: Pick<ObservationReader, "latest" | "page">) {
    this.#reader = reader;
  }

  observe({ observations, removed = [] }: Change): void {
    for (const one of observations) {
      const known = this.#entries.get(one.datastream);
      if (!known) this.#entries.set(one.datastream, { record: one, complete: false });
      else if (one.phenomenonTime >= known.record.phenomenonTime) known.record = one;
    }
    for (const { datastream } of removed) this.#entries.delete(datastream);
  }

  /** One each for the datastreams that have any reading. */
  async of(datastreams: readonly string[]): Promise<Map<string, ObservationRecord>> {
    const missing = datastreams.filter((id) => !this.#entries.get(id)?.complete);
    if (missing.length > 0) await this.#load(missing);
    const found = new Map<string, ObservationRecord>();
    for (const id of datastreams) {
      const entry = this.#entries.get(id);
      if (entry) found.set(id, entry.record);
    }
    return found;
  }

  async #load(missing: readonly string[]): Promise<void> {
    const waiting = await this.#reader.latest(missing);
    const next = async (): Promise<void> => {
      for (let one = waiting.pop(); one; one = waiting.pop()) {
        const { datastream, phenomenonTime: to } = one;
        const [record] = await this.#reader.page({
          datastreams: [datastream],
          from: to - 1,
          to,
          order: "desc",
          limit: 1,
        });
        if (record) this.#settle(record);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, next));
  }

  #settle(record: ObservationRecord): void {
    const known = this.#entries.get(record.datastream);
    const newer = known && known.record.phenomenonTime >= record.phenomenonTime;
    this.#entries.set(record.datastream, { record: newer ? known.record : record, complete: true });
  }
}
