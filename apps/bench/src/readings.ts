import type { Program } from "@ioc/testkit";
import { seededRandom } from "@ioc/testkit";

interface StreamItem {
  id: string;
  station: string;
  property: { id: string; min: number | null; max: number | null };
}

/** Makes batches of valid readings for the datastreams of a running program: one minute further for each round over them. */
export class Readings {
  readonly #random = seededRandom(42);
  readonly #streams: readonly StreamItem[];
  readonly #from: number;
  #at = 0;

  private constructor(streams: readonly StreamItem[], from: number) {
    this.#streams = streams;
    this.#from = from;
  }

  /** `from`: phenomenonTime of the first reading, ms. */
  static async of(program: Program, from: number): Promise<Readings> {
    const { items } = await program.get<{ items: StreamItem[] }>("/api/v1/datastreams?limit=5000");
    return new Readings(items, from);
  }

  next(): { datastream: string; phenomenonTime: string; result: number } {
    const stream = this.#streams[this.#at % this.#streams.length];
    if (stream === undefined) throw new Error("the program has no datastreams");
    const round = Math.floor(this.#at / this.#streams.length);
    this.#at += 1;
    const low = stream.property.min ?? 0;
    const high = Math.min(stream.property.max ?? low + 100, low + 100);
    return {
      datastream: stream.id,
      phenomenonTime: new Date(this.#from + round * 60_000).toISOString(),
      result: Math.round((low + this.#random() * (high - low)) * 10) / 10,
    };
  }

  batch(size: number): string {
    return JSON.stringify({ observations: Array.from({ length: size }, () => this.next()) });
  }
}
