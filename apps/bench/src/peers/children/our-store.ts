import type { DatastreamSpec, QualifiedObservation } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { maintained } from "../ours.ts";
import { loadLocal } from "./load.ts";

/** Our store alone, in this process: recorded and acknowledged batch by batch. */
await loadLocal<QualifiedObservation>(async (file, names) => {
  const store = await openObservations({ file });
  await store.writer.register(names.map(specOf));
  return {
    make: (series, time, result) => ({
      datastream: names[series] ?? "",
      phenomenonTime: time,
      resultTime: time,
      result,
      quality: 1,
      reasons: [],
    }),
    record: (batch) => store.writer.record(batch),
    async close() {
      await store.close();
      await maintained(file);
    },
  };
});

function specOf(id: string): DatastreamSpec {
  const [station = "", property = ""] = id.split(":");
  const checks = { min: null, max: null, maxStep: null, decimals: 1 };
  return { id, station, property, unit: "Cel", kind: "instant", periodSeconds: 120, ...checks };
}
