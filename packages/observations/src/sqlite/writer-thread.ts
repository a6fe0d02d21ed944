import { serveCalls } from "./channel.ts";
import type { WriterCalls } from "./messages.ts";
import { ObservationStore } from "./store.ts";

let store: ObservationStore | undefined;

function opened(): ObservationStore {
  if (!store) throw new Error("the observation file is not open");
  return store;
}

serveCalls<WriterCalls>({
  open: ({ file, synchronous }) => {
    store = new ObservationStore(file, synchronous);
    return store.state();
  },
  register: (specs) => opened().register(specs),
  commit: (group) => opened().commit(group),
  close: () => {
    store?.close();
    store = undefined;
    return null;
  },
});
