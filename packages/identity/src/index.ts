export { openApiKeys } from "./api-keys.ts";
export type { ApiKey, ApiKeys, ApiKeysOptions, NewApiKey } from "./api-keys.ts";
