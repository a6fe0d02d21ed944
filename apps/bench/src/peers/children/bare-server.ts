import { join } from "node:path";
import { openDatabase } from "@ioc/database";
import express from "express";
import { z } from "zod";

/**
 * The least that a durable front door must do: read JSON, check it, write it in one transaction for each turn of the event
 * loop, answer. No city, no quality, no rules, nothing to read it again. Arguments: folder, port.
 */
const [folder = "", port = "0"] = process.argv.slice(2);
const body = z.object({
  observations: z.array(z.object({ datastream: z.string(), phenomenonTime: z.iso.datetime(), result: z.number() })),
});
const db = openDatabase(join(folder, "bare.db"));
db.exec("CREATE TABLE journal (id INTEGER PRIMARY KEY, readings BLOB NOT NULL)");
const insert = db.prepare("INSERT INTO journal (readings) VALUES (?)");
const commit = db.transaction((blobs: Buffer[]) => {
  for (const blob of blobs) insert.run(blob);
});

const known = new Map<string, number>();
let waiting: { blob: Buffer; done: () => void }[] = [];

function flush(): void {
  const group = waiting;
  waiting = [];
  commit(group.map((one) => one.blob));
  for (const one of group) one.done();
}

/** Series, time and value of each, 20 bytes. */
function packed(observations: z.output<typeof body>["observations"]): Buffer {
  const blob = Buffer.allocUnsafe(observations.length * 20);
  for (const [i, { datastream, phenomenonTime, result }] of observations.entries()) {
    let series = known.get(datastream);
    if (series === undefined) known.set(datastream, (series = known.size));
    blob.writeUInt32LE(series, i * 20);
    blob.writeDoubleLE(Date.parse(phenomenonTime), i * 20 + 4);
    blob.writeDoubleLE(result, i * 20 + 12);
  }
  return blob;
}

const app = express();
app.use(express.json({ limit: "16mb" }));
app.get("/ready", (_request, response) => void response.end("OK"));
app.post("/api/v1/observations", (request, response) => {
  const { observations } = body.parse(request.body);
  if (waiting.length === 0) setImmediate(flush);
  waiting.push({
    blob: packed(observations),
    done: () => void response.status(202).json({ received: observations.length }),
  });
});
app.listen(Number(port), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
