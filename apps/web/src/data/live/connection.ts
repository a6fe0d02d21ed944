/** `quiet`: lost for less than five seconds, shown as before. */
export type ConnectionPhase = "connecting" | "online" | "quiet" | "reconnecting" | "disconnected";

export interface ConnectionState {
  phase: ConnectionPhase;
  /** City time at which the connection was lost, ms. */
  lostAt: number | null;
  /** Changes received since the connection came back, for five seconds; null otherwise. */
  caughtUp: number | null;
}

const quietMs = 5_000;
const reconnectingMs = 30_000;

/** Phase of a connection that has been lost for `lostForMs` of real time. Pure. */
export function phaseOf(connected: boolean, everConnected: boolean, lostForMs: number): ConnectionPhase {
  if (connected) return "online";
  if (!everConnected && lostForMs < reconnectingMs) return "connecting";
  if (lostForMs < quietMs) return "quiet";
  return lostForMs < reconnectingMs ? "reconnecting" : "disconnected";
}
