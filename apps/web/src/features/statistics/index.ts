export { readStatisticSearch } from "./statistic-search.ts";
export type { StatisticSearch } from "./statistic-search.ts";
export { StatisticPage } from "./statistic-page.tsx";
export { StatisticsGallery } from "./statistics-gallery.tsx";
