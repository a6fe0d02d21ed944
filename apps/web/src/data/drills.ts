import { queryOptions } from "@tanstack/react-query";
import type { Drill } from "@ioc/contracts";
import { apiGet, apiSend } from "./request.ts";

/** A drill that plays is looked at again this soon, ms. */
const whilePlaying = 2000;

export const isPlaying = ({ state }: Pick<Drill, "state">): boolean => state === "preparing" || state === "playing";

/** Drills, newest first. */
export const drillsQuery = () =>
  queryOptions({
    queryKey: ["drills"],
    queryFn: ({ signal }) => apiGet<"listDrills">("/drills", { limit: 100 }, signal),
    staleTime: 5000,
    refetchInterval: (query) => (query.state.data?.items.some(isPlaying) ? whilePlaying : false),
  });

/** One drill with its alerts. */
export const drillQuery = (id: string) =>
  queryOptions({
    queryKey: ["drill", id],
    queryFn: ({ signal }) => apiGet<"getDrill">(`/drills/${encodeURIComponent(id)}`, {}, signal),
    staleTime: 5000,
    refetchInterval: (query) => (query.state.data && isPlaying(query.state.data) ? whilePlaying : false),
  });

/** Scenarios of the city; those with `drill` can be played as an exercise. */
export const scenariosQuery = () =>
  queryOptions({
    queryKey: ["scenarios"],
    queryFn: ({ signal }) => apiGet<"listScenarios">("/simulation/scenarios", {}, signal),
    staleTime: 300_000,
  });

export function startDrill(scenario: string, key: string) {
  return apiSend<"startDrill">("POST", "/drills", { key, body: { scenario } });
}

export function stopDrill(id: string, key: string) {
  return apiSend<"stopDrill">("POST", `/drills/${encodeURIComponent(id)}/stop`, { key });
}
