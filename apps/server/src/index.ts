export { startServer } from "./compose.ts";
export type { RunningServer } from "./compose.ts";
export { ConfigError, readConfig } from "./config/config.ts";
export type { Config } from "./config/config.ts";
export { lockDataFolder, openDataFolder } from "./data-folder.ts";
export { scopes as keyScopes } from "./api/keys.ts";
export { loadPack } from "./load-pack.ts";
export { createLog } from "./log.ts";
export { version } from "./version.ts";
