export { decodeUplink, deviceProblems, networkServerModel } from "./decode-uplink.ts";
export { deviceModels } from "./device/models.ts";
export type { Decoded, Field, Measurement } from "./fields.ts";
export { readNetworkMessage } from "./network/read-message.ts";
export type { NetworkMessage, NetworkServer, Reception, Uplink } from "./network/uplink.ts";
