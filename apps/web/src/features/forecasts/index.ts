export { ForecastsPage } from "./forecasts-page.tsx";
export { readForecastSearch } from "./forecast-search.ts";
