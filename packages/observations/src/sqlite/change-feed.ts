import type { Change, ChangeLog } from "../port.ts";
import type { KnownState } from "./known-state.ts";

/** Announces commits to subscribers of this process, in order. */
export class ChangeFeed implements ChangeLog {
  readonly #state: KnownState;
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(state: KnownState) {
    this.#state = state;
  }

  subscribe(listener: (change: Change) => void): () => void {
    // Wrapped, so that the same function subscribed twice is two subscriptions.
    const own = (change: Change) => listener(change);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  head(): number {
    return this.#state.head;
  }

  /** A subscriber that throws does not keep the commit from the others or from its sender. */
  announce(change: Change): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }
}
