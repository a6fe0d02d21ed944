/**
 * Values by key with listeners by key: one batch changes many keys and wakes only the readers of the keys that changed.
 * `all()` returns the same Map object until something changes, so it can be a React snapshot.
 */
export class KeyedStore<V> {
  #values = new Map<string, V>();
  #loaded = false;
  readonly #byKey = new Map<string, Set<() => void>>();
  readonly #any = new Set<() => void>();
  readonly #changes = new Set<(keys: readonly string[]) => void>();

  all(): ReadonlyMap<string, V> {
    return this.#values;
  }

  /** Whether a whole set was written once, be it empty. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  /** Applies the entries in one batch. With `replace`, keys that are not named are removed. Returns the changed keys. */
  write(entries: Iterable<readonly [string, V]>, replace = false): string[] {
    const next = replace ? new Map<string, V>() : new Map(this.#values);
    const changed: string[] = [];
    for (const [key, value] of entries) {
      if (this.#values.get(key) !== value) changed.push(key);
      next.set(key, value);
    }
    if (replace) for (const key of this.#values.keys()) if (!next.has(key)) changed.push(key);
    const first = replace && !this.#loaded;
    if (replace) this.#loaded = true;
    if (changed.length === 0 && !first) return changed;
    this.#values = next;
    for (const key of changed) this.#byKey.get(key)?.forEach((listener) => listener());
    for (const listener of this.#any) listener();
    for (const listener of this.#changes) listener(changed);
    return changed;
  }

  subscribe = (key: string, listener: () => void): (() => void) => {
    const listeners = this.#byKey.get(key) ?? new Set();
    listeners.add(listener);
    this.#byKey.set(key, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#byKey.delete(key);
    };
  };

  subscribeAll = (listener: () => void): (() => void) => {
    this.#any.add(listener);
    return () => this.#any.delete(listener);
  };

  /** Told which keys changed, once a batch. */
  subscribeChanges = (listener: (keys: readonly string[]) => void): (() => void) => {
    this.#changes.add(listener);
    return () => this.#changes.delete(listener);
  };
}
