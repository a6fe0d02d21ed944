import { ForecastsPage, readForecastSearch } from "../../features/forecasts/index.ts";
import { useOwnSearch } from "./use-own-search.ts";

/** What is coming: forecasts, their fans, and how they did. */
export function ConsoleForecastsPage() {
  const [search, patch] = useOwnSearch(readForecastSearch);
  return <ForecastsPage search={search} onSearch={({ forecast, subject }) => patch({ forecast, subject })} />;
}
