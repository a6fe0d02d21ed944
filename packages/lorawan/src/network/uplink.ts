/** Software that receives from gateways and posts to us, recognised by the shape of its messages. */
export type NetworkServer = "chirpstack" | "things-stack" | "loriot" | "thingpark" | "gateway-http";

/** How one gateway heard an uplink. */
export interface Reception {
  gateway: string;
  /** dBm. */
  rssi: number | null;
  /** dB. */
  snr: number | null;
}

/** One message of a device, whatever network server brought it. */
export interface Uplink {
  server: NetworkServer;
  /** 16 hexadecimal digits in upper case. */
  devEui: string;
  fPort: number;
  /** Frame counter of the uplink. */
  fCnt: number;
  bytes: Uint8Array;
  /** When the network server received it, ms; null when it does not say. */
  time: number | null;
  confirmed: boolean | null;
  /** Hz. */
  frequency: number | null;
  spreadingFactor: number | null;
  gateways: Reception[];
  /** What the network server's own decoder made of the payload; null when it has none. */
  decoded: Readonly<Record<string, unknown>> | null;
}

/** What a network server posted. */
export type NetworkMessage =
  | { kind: "uplink"; uplink: Uplink }
  /** A join, a status, an acknowledgement, a downlink that was sent: nothing to store. */
  | { kind: "event"; server: NetworkServer; event: string; devEui: string | null }
  /** Of none of the known forms, or of one but broken; `message` says what would be right. */
  | { kind: "unreadable"; message: string };
