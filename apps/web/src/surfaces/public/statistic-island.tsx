import { useState } from "react";
import { readStatisticSearch, StatisticPage } from "../../features/statistics/index.ts";
import type { StatisticSearch } from "../../features/statistics/index.ts";
import { startIsland } from "./island.tsx";

/** The interactive page of a statistic; its view is kept in the address. */
export async function startStatisticIsland(place: HTMLElement): Promise<void> {
  await startIsland(place, ["charts", "statistics"], <Statistic id={place.dataset["statistic"] ?? ""} />);
}

function Statistic({ id }: { id: string }) {
  const [view, setView] = useState<StatisticSearch>(() =>
    readStatisticSearch(Object.fromEntries(new URLSearchParams(location.search))),
  );
  return (
    <StatisticPage
      id={id}
      view={view}
      onView={(patch) => {
        const entries = Object.entries({ ...view, ...patch }).filter(([, value]) => value !== undefined);
        const query = new URLSearchParams(entries as [string, string][]).toString();
        history.replaceState(null, "", query === "" ? location.pathname : `?${query}`);
        setView(readStatisticSearch(Object.fromEntries(entries)));
      }}
    />
  );
}
