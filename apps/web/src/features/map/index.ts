export { worstByArea } from "./area-severity.ts";
export { CityMap } from "./city-map.tsx";
export { StationList, stationsInView } from "./station-list.tsx";
