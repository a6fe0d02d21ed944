import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute, withTexts } from "../../app/root-route.tsx";

/** The wall display. */
export const wallRoutes = createRoute({
  getParentRoute: () => rootRoute,
  path: "/wall",
  beforeLoad: withTexts(["wall", "map"]),
  component: lazyRouteComponent(() => import("./wall-shell.tsx"), "WallShell"),
});
