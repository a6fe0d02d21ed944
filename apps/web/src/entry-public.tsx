import "./ui/tokens/styles.ts";
import { keepFresh } from "./surfaces/public/keep-fresh.ts";

keepFresh(document, 10_000);

const map = document.getElementById("interactive-map");
if (map) {
  const { startMapIsland } = await import("./surfaces/public/map-island.tsx");
  await startMapIsland(map);
}

const statistic = document.getElementById("interactive-statistic");
if (statistic) {
  const { startStatisticIsland } = await import("./surfaces/public/statistic-island.tsx");
  await startStatisticIsland(statistic);
}
