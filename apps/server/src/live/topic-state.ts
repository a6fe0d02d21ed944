/** Entries that are gone are remembered this many at a time, for clients that come back. */
const rememberedGone = 500;

interface Entry {
  value: unknown;
  /** Sequence of the change that set the value. */
  seq: number;
  gone: boolean;
}

/**
 * Contents of one topic: the newest value of each key with the sequence of its last change. What a client lacks that has
 * seen everything up to `n` are the entries that changed after `n`, however many changes there were: memory is bounded by
 * the number of keys, and resume and catching up need no log of frames.
 */
export class TopicState {
  #seq: number;
  /** Before this sequence something was forgotten: who is older needs a snapshot. */
  #floor: number;
  readonly #entries = new Map<string, Entry>();
  readonly #pending = new Map<string, unknown>();
  readonly #isGone: (value: unknown) => boolean;

  /** @param after Sequences of this topic start above this number. */
  constructor(after: number, isGone: (value: unknown) => boolean) {
    this.#seq = after + 1;
    this.#floor = this.#seq;
    this.#isGone = isGone;
  }

  get seq(): number {
    return this.#seq;
  }

  /** Contents as they were read; changes noted meanwhile are newer and stay. */
  load(entries: ReadonlyMap<string, unknown>): void {
    for (const [key, value] of entries) this.#entries.set(key, { value, seq: this.#seq, gone: this.#isGone(value) });
  }

  /** Notes a change; it is part of the topic from the next {@link commit} on. */
  set(key: string, value: unknown): void {
    this.#pending.set(key, value);
  }

  /** Makes the noted changes one step of the sequence. Answers whether there were any. */
  commit(): boolean {
    if (this.#pending.size === 0) return false;
    this.#seq += 1;
    for (const [key, value] of this.#pending) {
      // Deleted first so that the map stays ordered by the time of change.
      this.#entries.delete(key);
      this.#entries.set(key, { value, seq: this.#seq, gone: this.#isGone(value) });
    }
    this.#pending.clear();
    this.#forgetGone();
    return true;
  }

  /** True when everything that changed after `seq` is still known. */
  remembers(seq: number): boolean {
    return seq >= this.#floor && seq <= this.#seq;
  }

  all(): Map<string, unknown> {
    return this.#pick((entry) => !entry.gone);
  }

  changedSince(seq: number): Map<string, unknown> {
    return this.#pick((entry) => entry.seq > seq);
  }

  #pick(wanted: (entry: Entry) => boolean): Map<string, unknown> {
    const picked = new Map<string, unknown>();
    for (const [key, entry] of this.#entries) if (wanted(entry)) picked.set(key, entry.value);
    return picked;
  }

  #forgetGone(): void {
    const gone = [...this.#entries].filter(([, entry]) => entry.gone);
    for (const [key, entry] of gone.slice(0, Math.max(0, gone.length - rememberedGone))) {
      this.#entries.delete(key);
      this.#floor = Math.max(this.#floor, entry.seq);
    }
  }
}
