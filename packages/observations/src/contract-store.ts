import type { Change, ChangeLog, ObservationReader, ObservationWriter } from "./port.ts";
import { specOf } from "./test-store.ts";

export interface OpenStore extends AsyncDisposable {
  writer: ObservationWriter;
  reader: ObservationReader;
  changes: ChangeLog;
  /** Closes it and opens what it has stored again. */
  reopen(): Promise<OpenStore>;
}
export type StoreOpener = (options?: { maxQueued?: number }) => Promise<OpenStore>;

export const A = "wx-1:temp";
export const B = "wx-2:temp";
export const RAIN = "rg-1:rain";
const SPECS = [specOf(A), specOf(B), specOf(RAIN, { kind: "total", unit: "mm", periodSeconds: 600 })];

export async function filled(open: StoreOpener, options?: { maxQueued?: number }): Promise<OpenStore> {
  const store = await open(options);
  await store.writer.register(SPECS);
  return store;
}

export function listenTo(store: OpenStore): Change[] {
  const heard: Change[] = [];
  store.changes.subscribe((change) => heard.push(change));
  return heard;
}
