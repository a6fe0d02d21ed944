import { durationMs } from "@ioc/contracts";
import type { Channel, LadderTarget, NoticeGrouping, Route } from "@ioc/contracts";

/** Durations of a plan in ms. */
export interface Timing {
  hold(level: number): number;
  repeat(level: number): number;
  joinWithin: number;
  growth: number;
  storm: { alerts: number; within: number };
}

export function timingOf({ hold, repeat, joinWithin, growth, storm }: NoticeGrouping): Timing {
  const ms = (text: string | undefined) => durationMs(text ?? "") ?? 0;
  const at = (level: number) => Math.min(5, Math.max(1, level)) - 1;
  return {
    hold: (level) => ms(hold[at(level)]),
    repeat: (level) => ms(repeat[at(level)]),
    joinWithin: ms(joinWithin),
    growth: ms(growth),
    storm: { alerts: storm.alerts, within: ms(storm.within) },
  };
}

export interface LadderStep {
  /** ms after the ladder began. */
  after: number;
  to: LadderTarget;
  channels: readonly Channel[];
}

export function ladderOf(route: Route | null): LadderStep[] {
  return (route?.ladder ?? []).map(({ after, to, channels }) => ({ after: durationMs(after) ?? 0, to, channels }));
}
