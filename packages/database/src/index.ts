export { DatabaseError } from "./database-error.ts";
export { kyselyOf } from "./kysely.ts";
export { migrate } from "./migrate.ts";
export type { Migration } from "./migrate.ts";
export { holdDriver, openDatabase } from "./open.ts";
export type { Database, OpenDatabaseOptions } from "./open.ts";
