import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute, withTexts } from "../../app/root-route.tsx";

/** The leaders' cockpit. */
export const cockpitRoutes = createRoute({
  getParentRoute: () => rootRoute,
  path: "/cockpit",
  beforeLoad: withTexts(["cockpit"]),
  component: lazyRouteComponent(() => import("./cockpit-shell.tsx"), "CockpitShell"),
});
