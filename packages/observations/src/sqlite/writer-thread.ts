import { reportProgress, serveCalls } from "./channel.ts";
import type { WriterCalls } from "./messages.ts";
import { storeError } from "./store-error.ts";
import { ObservationStore } from "./store.ts";

/** Work between two messages, ms: a commit never waits longer for it. */
const SLICE_MS = 4;

let store: ObservationStore | undefined;
let file = "";
let flushing = false;

function opened(): ObservationStore {
  if (!store) throw new Error("the observation file is not open");
  return store;
}

/** Writes full tails into blocks after the answer, a slice at a time, so that messages come between. */
function flushLater(): void {
  if (flushing || !store?.waiting) return;
  flushing = true;
  setImmediate(() => {
    flushing = false;
    if (!store) return;
    try {
      store.flushSome(SLICE_MS);
    } catch (error) {
      // The readings stay in journal and memory; the next commit tries again.
      process.emitWarning(asError(storeError(error, file)));
      return;
    }
    flushLater();
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

serveCalls<WriterCalls>(
  {
    open: (options) => {
      file = options.file;
      store = new ObservationStore(options, reportProgress);
      return store.state();
    },
    register: (specs) => opened().register(specs),
    commit: (group) => {
      const result = opened().commit(group);
      flushLater();
      return result;
    },
    remove: (removal) => opened().remove(removal),
    maintain: ({ now, budgetMs }) => opened().maintain(now, budgetMs),
    figures: () => opened().figures(),
    close: () => {
      store?.close();
      store = undefined;
      return null;
    },
  },
  (error) => storeError(error, file),
);
