export { CityMap } from "./city-map.tsx";
export { StationList, stationsInView } from "./station-list.tsx";
