import { serveCalls } from "./channel.ts";
import type { ReaderCalls } from "./messages.ts";
import { ReaderStore } from "./reader-store.ts";

let store: ReaderStore | undefined;

function opened(): ReaderStore {
  if (!store) throw new Error("the observation file is not open");
  return store;
}

serveCalls<ReaderCalls>({
  open: ({ file, dayOffset }) => {
    store = new ReaderStore(file, dayOffset);
    return null;
  },
  reload: () => {
    opened().reload();
    return null;
  },
  raw: (request) => opened().raw(request),
  rollups: (request) => opened().rollups(request),
  latestValid: (request) => opened().latestValid(request),
  history: (request) => opened().history(request),
  quarantined: (request) => opened().quarantined(request),
  close: () => {
    store?.close();
    store = undefined;
    return null;
  },
});
