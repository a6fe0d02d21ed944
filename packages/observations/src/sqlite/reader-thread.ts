import { serveCalls } from "./channel.ts";
import type { ReaderCalls } from "./messages.ts";
import { ReaderStore } from "./reader-store.ts";
import { storeError } from "./store-error.ts";

let store: ReaderStore | undefined;
let file = "";

function opened(): ReaderStore {
  if (!store) throw new Error("the observation file is not open");
  return store;
}

serveCalls<ReaderCalls>(
  {
    open: (options) => {
      file = options.file;
      store = new ReaderStore(options);
      return null;
    },
    reload: () => {
      opened().reload();
      return null;
    },
    raw: (request) => opened().raw(request),
    flagged: (request) => opened().flagged(request),
    rollups: (request) => opened().rollups(request),
    latestValid: (request) => opened().latestValid(request),
    history: (question) => opened().history(question),
    aggregate: (question) => opened().aggregate(question),
    page: (request) => opened().page(request),
    profile: (request) => opened().profile(request),
    corrections: (request) => opened().corrections(request),
    quarantined: (request) => opened().quarantined(request),
    close: () => {
      store?.close();
      store = undefined;
      return null;
    },
  },
  (error) => storeError(error, file),
);
