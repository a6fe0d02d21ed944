import { openDatabase } from "@ioc/database";
import { loadLocal } from "./load.ts";

/** SQLite with a row for each point, in write-ahead mode as our databases: what the block layout is compared with. */
await loadLocal<[number, number, number]>((file) => {
  const db = openDatabase(file);
  db.exec("CREATE TABLE reading (series INTEGER, t INTEGER, value REAL, PRIMARY KEY (series, t)) WITHOUT ROWID");
  const insert = db.prepare("INSERT INTO reading VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value");
  const record = db.transaction((batch: [number, number, number][]) => {
    for (const [series, time, value] of batch) insert.run(series, time, value);
  });
  return Promise.resolve({
    make: (series, time, value) => [series, time, value],
    record,
    close() {
      db.close();
      return Promise.resolve();
    },
  });
});
