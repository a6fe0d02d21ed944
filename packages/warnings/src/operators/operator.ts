import type { Basis, Network, Station } from "@ioc/contracts";
import type { z } from "zod";
import type { Bounds } from "../expression/bounds.ts";
import type { Readings } from "../engine/recent-readings.ts";

/** A named quantity of one subject, ready to be evaluated. */
export interface Signal {
  /** Datastreams it reads: the subject's own and those around it. */
  readonly datastreams: readonly string[];
  /** How far back it looks, ms. */
  readonly window: number;
  /** In event time: from readings up to and including `at`. */
  value(at: number): Bounds;
  /**
   * Bounds that hold a possible value of the signal at every time in (from, to]: where a condition is false on all of them it is
   * true at none. Without it nothing can be said of a stretch but time by time. One that is made of another has its own.
   */
  reach?(from: number, to: number): Bounds;
  /** True when the value changes with the clock alone. */
  readonly clockDriven?: boolean;
  /** Where a threshold comes from when that differs from what the level says. */
  readonly provenance?: { basis: Basis; source: string };
}

/** When a station was heard last, and since when silence means anything. */
export interface Contacts {
  /** phenomenonTime of the newest reading of any datastream of the station, ms; null when none is known. */
  last(station: string): number | null;
  /** Silence before this time is not held against a station: nobody could have heard it. Null: not watching yet. */
  watchingSince(): number | null;
  /** Longest silence of the station that is seen at a time in (from, to], ms; for those who know the whole stretch. */
  longestSilence?(station: string, from: number, to: number): number;
}

/** What an operator builds a signal from. */
export interface SignalSite {
  readonly station: Station;
  readonly network: Network;
  readonly readings: Readings;
  readonly contacts: Contacts;
  /** The definition's `staleAfter`: older values are not used. */
  readonly staleAfter: number;
  /** Every subject of the definition with a signal of theirs; the subject itself included. */
  peers(signal: string): readonly { station: Station; signal: Signal }[];
  /** Calculates once for all subjects of the definition, as long as `at` stays the same. */
  once<T>(key: string, at: number, calculate: () => T): T;
}

/** One way of taking a quantity from readings. `Params` are the keys beside `op` in a definition. */
export interface Operator<Params> {
  readonly params: z.ZodType<Params>;
  /** Properties of the subject's kind that it reads. */
  properties?(params: Params): readonly string[];
  /** Other signals of the definition that it reads. */
  signals?(params: Params): readonly string[];
  /** What is wrong with the parameters in this network, each as a sentence. */
  problems?(params: Params, network: Network): string[];
  /** Whether the station has what the operator needs; when not, it is no subject of the definition. */
  applies?(params: Params, station: Station, network: Network): boolean;
  build(params: Params, site: SignalSite): Signal;
}

/** Keeps the parameter type between schema and functions. */
export function operator<Params>(definition: Operator<Params>): Operator<Params> {
  return definition;
}

/** A signal that never changes. */
export function fixed(value: Bounds, provenance?: Signal["provenance"]): Signal {
  return { datastreams: [], window: 0, value: () => value, reach: () => value, ...(provenance ? { provenance } : {}) };
}
