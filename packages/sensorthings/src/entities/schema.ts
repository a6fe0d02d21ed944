import type { Migration } from "@ioc/database";

/**
 * Tables of the SensorThings interface.
 *
 * `sta_number` gives every entity of the city pack its number, for good; `since` is when it was first seen, ms.
 * `sta_sequence` holds the highest id ever given in a set; ids are not given twice.
 * `sta_entity` holds what clients created. `sta_observation` holds Observations that a reading cannot hold (`own` = 1),
 * and of readings (`own` = 0, the id is the reading's) what they carry besides their result. Times are ms since 1970 UTC.
 */
export const migrations: Migration[] = [
  {
    id: 1,
    name: "SensorThings entities and observations",
    up: `
      CREATE TABLE sta_number (
        kind TEXT NOT NULL, pack_id TEXT NOT NULL, id INTEGER NOT NULL, since INTEGER NOT NULL,
        PRIMARY KEY (kind, pack_id)
      ) WITHOUT ROWID;
      CREATE TABLE sta_sequence (kind TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE sta_entity (
        kind TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id)
      ) WITHOUT ROWID;
      CREATE TABLE sta_observation (
        id INTEGER PRIMARY KEY, stream INTEGER NOT NULL, own INTEGER NOT NULL,
        time_from INTEGER NOT NULL, time_to INTEGER, result_time INTEGER, feature INTEGER, body TEXT NOT NULL
      );
      CREATE INDEX sta_observation_stream ON sta_observation (stream, time_from, id);
      CREATE INDEX sta_observation_time ON sta_observation (time_from, id);
      CREATE INDEX sta_observation_feature ON sta_observation (feature) WHERE feature IS NOT NULL;
    `,
  },
];
