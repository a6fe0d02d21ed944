import { useState } from "react";
import type { QueryClient } from "@tanstack/react-query";
import type { Lang } from "@ioc/contracts";
import { statisticDataQuery, statisticQuery } from "../../data/statistics.ts";
import { readPageSearch, StatisticPage } from "../../features/statistics/index.ts";
import type { PageSearch, StatisticLinks } from "../../features/statistics/index.ts";
import { viewOf } from "../../features/statistics/view.ts";
import { startIsland } from "./island.tsx";
import { publicUrl } from "./model.ts";

const readAddress = (): PageSearch => readPageSearch(Object.fromEntries(new URLSearchParams(location.search)));

/** The interactive page of a statistic; its view is kept in the address. */
export async function startStatisticIsland(place: HTMLElement): Promise<void> {
  const id = place.dataset["statistic"] ?? "";
  const prepare = (client: QueryClient) =>
    Promise.all([
      client.prefetchQuery(statisticQuery(id)),
      client.prefetchQuery(statisticDataQuery(id, viewOf(readAddress()))),
    ]);
  await startIsland(place, ["charts", "statistics"], <Statistic id={id} />, prepare);
}

function Statistic({ id }: { id: string }) {
  const [view, setView] = useState(readAddress);
  return (
    <StatisticPage
      id={id}
      view={view}
      audience="public"
      links={links}
      onView={(patch) => {
        const entries = Object.entries({ ...view, ...patch }).filter(([, value]) => value !== undefined);
        // A list of ids is written with commas between them.
        const query = new URLSearchParams(entries.map(([key, value]) => [key, String(value)])).toString();
        history.replaceState(null, "", query === "" ? location.pathname : `?${query}`);
        setView(readPageSearch(Object.fromEntries(entries)));
      }}
    />
  );
}

const here = (): Lang => (document.documentElement.lang === "en" ? "en" : "vi");

const links: StatisticLinks = {
  statistic: ({ id, domain }, name) => <a href={publicUrl(`/statistics/${domain}/${id}`, here())}>{name}</a>,
};
