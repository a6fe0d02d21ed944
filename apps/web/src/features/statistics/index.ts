export { readGallerySearch, readPageSearch } from "./statistic-search.ts";
export type { PageSearch } from "./statistic-search.ts";
export { StatisticPage } from "./page/statistic-page.tsx";
export type { StatisticLinks } from "./page/statistic-page.tsx";
export { StatisticsGallery } from "./gallery/statistics-gallery.tsx";
