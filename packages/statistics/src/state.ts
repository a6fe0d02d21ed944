import type { Frame, StatisticDefinition, StatisticItem } from "@ioc/contracts";
import type { Span } from "./grid.ts";
import type { ViewRequest } from "./view.ts";

/** A view, possibly as of an earlier instant, ms. */
export type TimedView = ViewRequest & { at?: number | undefined };

export interface KeptView {
  request: TimedView;
  frame: Frame;
  /** City time at which it was worked out. */
  workedAt: number;
  usedAt: number;
}

/** What the engine knows of one definition. */
export interface State {
  definition: StatisticDefinition;
  /** Saved in this installation; not the pack's own. */
  custom: boolean;
  refresh: number;
  /** Default view. */
  frame: Frame | null;
  /** What the default view compares as: the frame without its times of calculation. */
  print: string;
  firstRun: number | null;
  lastRun: number | null;
  /** Span that the last run read. */
  span: Span | null;
  /** A commit touched that span since; without a value so far, newer data counts too. */
  touched: boolean;
  /**
   * Rows of a dataset, or in a young city or without a value so far history of that span, arrived since the last tick (`flowing`), or before it and no
   * more (`rested`): what was worked out of a part of them is worked out again soon.
   */
  filling: "flowing" | "rested" | null;
  running: Promise<boolean> | null;
  views: Map<string, KeptView>;
  pending: Map<string, Promise<Frame>>;
}

export function itemOf({ definition, custom, frame }: State): StatisticItem {
  const { checks: _checks, ...shown } = definition;
  return {
    ...shown,
    custom,
    synthetic: frame?.synthetic ?? false,
    targetMet: frame?.targetMet ?? null,
    value: frame?.value ?? null,
    previous: frame?.previous ?? null,
    asOf: frame?.asOf ?? null,
    coverage: frame?.coverage ?? null,
    status: frame?.status ?? "empty",
    error: frame?.error ?? null,
  };
}

export function stateOf(definition: StatisticDefinition, custom: boolean): State {
  return {
    definition,
    custom,
    refresh: definition.refreshSeconds * 1000,
    frame: null,
    print: "",
    firstRun: null,
    lastRun: null,
    span: null,
    touched: false,
    filling: null,
    running: null,
    views: new Map(),
    pending: new Map(),
  };
}
