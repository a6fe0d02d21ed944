import type { CityPack } from "@ioc/city-pack";
import type { Network } from "@ioc/contracts";
import type { DatastreamSpec, ObservationReader } from "@ioc/observations";
import type { KeyCheck } from "./api/keys.ts";
import type { RateLimit } from "./api/rate-limit.ts";
import type { Mount } from "./app.ts";
import type { CityClock } from "./clock.ts";
import type { Config } from "./config/config.ts";
import type { Intake } from "./intake.ts";
import type { Log } from "./log.ts";
import { featuresApi } from "./ogc/features-api.ts";
import type { StationBoard } from "./stations/board.ts";

/** What the interfaces of other standards are made of. */
export interface StandardServices {
  config: Config;
  pack: CityPack;
  network: Network;
  specs: readonly DatastreamSpec[];
  board: StationBoard;
  intake: Intake;
  reader: ObservationReader;
  keys: KeyCheck;
  rateLimit: RateLimit;
  clock: CityClock;
  log: Log;
}

/** The interfaces that speak other standards than our own REST API, one line each. */
export function createStandards(services: StandardServices): { mounts: readonly Mount[] } {
  return { mounts: [{ path: "/ogc", handler: featuresApi(services) }] };
}
