export { startServer } from "./compose.ts";
export type { RunningServer } from "./compose.ts";
export { ConfigError, readConfig } from "./config/config.ts";
export type { Config } from "./config/config.ts";
