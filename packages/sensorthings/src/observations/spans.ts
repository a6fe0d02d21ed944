import type { Change, ObservationReader } from "@ioc/observations";

/** City time after which a span is asked for anew: what is too old is dropped from the store without a change. */
const keepMs = 600_000;

interface Span {
  from: number | null;
  to: number | null;
  askedAt: number;
}

/** From when to when each datastream has readings, kept in memory and moved on by the change log. */
export class ReadingSpans {
  readonly #reader: Pick<ObservationReader, "profile">;
  readonly #spans = new Map<string, Span>();

  constructor(reader: Pick<ObservationReader, "profile">) {
    this.#reader = reader;
  }

  observe({ observations, removed = [] }: Change): void {
    for (const { datastream, phenomenonTime } of observations) {
      const span = this.#spans.get(datastream);
      if (!span) continue;
      span.from = Math.min(span.from ?? phenomenonTime, phenomenonTime);
      span.to = Math.max(span.to ?? phenomenonTime, phenomenonTime);
    }
    for (const { datastream } of removed) this.#spans.delete(datastream);
  }

  /** Makes the spans of these datastreams known to {@link get}. @param now city time, ms */
  async load(datastreams: readonly string[], now: number): Promise<void> {
    const missing = datastreams.filter((id) => {
      const span = this.#spans.get(id);
      return !span || Math.abs(now - span.askedAt) > keepMs;
    });
    if (missing.length === 0) return;
    const empty = () => ({ from: null, to: null, askedAt: now });
    // Put down before the question, so that what comes in meanwhile is noted.
    const asked = new Map(missing.map((id) => [id, empty()]));
    for (const [id, span] of asked) this.#spans.set(id, span);
    for (const { datastream, from, to } of await this.#reader.profile(missing)) {
      const span = asked.get(datastream);
      if (span) Object.assign(span, { from: least(span.from, from), to: greatest(span.to, to) });
    }
  }

  get(datastream: string): { from: number; to: number } | null {
    const span = this.#spans.get(datastream);
    return span && span.from !== null && span.to !== null ? { from: span.from, to: span.to } : null;
  }
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function greatest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
