import { createContext, useContext, useEffect, useState } from "react";
import type { ReactNode } from "react";
import { useQueryClient } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import { io } from "socket.io-client";
import type { Frame, Simulation, Summary } from "@ioc/contracts";
import { simulationQuery, summaryQuery } from "../city.ts";
import { statisticDataQuery } from "../statistics.ts";
import { CityClock } from "./clock.ts";
import { LiveClient } from "./live-client.ts";
import type { LiveSocket } from "./live-client.ts";

const LiveContext = createContext<LiveClient | null>(null);

/** The live client of this page; null before it is started and on the server. */
export function useLive(): LiveClient | null {
  return useContext(LiveContext);
}

interface Props {
  /** Largest number of flushes a second: console 4, cockpit and wall 1, public 0.2. */
  flushesPerSecond?: number;
  children: ReactNode;
}

/** Opens the live connection after the first paint and keeps the query cache and the live stores fresh. */
export function LiveProvider({ flushesPerSecond = 4, children }: Props) {
  const queryClient = useQueryClient();
  const [client] = useState(() => (typeof window === "undefined" ? null : createLive(queryClient, flushesPerSecond)));

  useEffect(() => {
    if (!client) return;
    client.open();
    const second = setInterval(() => client.tick(), 1_000);
    const minute = setInterval(() => client.probe(), 60_000);
    return () => {
      clearInterval(second);
      clearInterval(minute);
      client.close();
    };
  }, [client]);

  return <LiveContext value={client}>{children}</LiveContext>;
}

function createLive(queryClient: QueryClient, flushesPerSecond: number): LiveClient {
  const socket = io({
    path: "/live",
    transports: ["websocket", "polling"],
    reconnectionDelayMax: 5_000,
    autoConnect: false,
  });
  return new LiveClient({
    socket: socket as unknown as LiveSocket,
    clock: new CityClock(() => performance.now(), Date.now()),
    deviceNow: () => performance.now(),
    schedule: flushPacer(flushesPerSecond),
    onSummary: (summary, simulation) => writeSummary(queryClient, summary, simulation),
    onStatistic: (frame) => writeFrame(queryClient, frame),
    onVersion: () => location.reload(),
  });
}

/** Flushes at most so often a second, the first one at once. */
function flushPacer(perSecond: number): (flush: () => void) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (flush) => {
    const wait = Math.max(0, last + 1000 / perSecond - performance.now());
    setTimeout(() => {
      last = performance.now();
      flush();
    }, wait);
  };
}

function writeSummary(queryClient: QueryClient, summary: Summary, simulation: Simulation | null): void {
  queryClient.setQueryData(summaryQuery().queryKey, summary);
  queryClient.setQueryData(simulationQuery().queryKey, simulation);
}

/** A live frame answers the view that it names, and the default view when that is the same one. */
function writeFrame(queryClient: QueryClient, frame: Frame): void {
  const named = { group: frame.group, ...(frame.subject === null ? {} : { subject: frame.subject }) };
  queryClient.setQueryData(statisticDataQuery(frame.statistic, named).queryKey, frame);
  const standard = statisticDataQuery(frame.statistic).queryKey;
  if (frame.subject === null) queryClient.setQueryData(standard, frame);
}
