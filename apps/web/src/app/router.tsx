import { createRouter } from "@tanstack/react-router";
import { cockpitRoutes } from "../surfaces/cockpit/routes.tsx";
import { consoleRoutes } from "../surfaces/console/routes.tsx";
import { wallRoutes } from "../surfaces/wall/routes.tsx";
import { rootRoute } from "./root-route.tsx";
import type { AppContext } from "./root-route.tsx";

/**
 * Routes of the surfaces that share `app.html`. A surface is added with one line: its `routes.tsx` hands over a route
 * below {@link rootRoute} whose components are lazy (`lazyRouteComponent`) and whose `beforeLoad` is `withTexts([...])`.
 */
const routeTree = rootRoute.addChildren([consoleRoutes, cockpitRoutes, wallRoutes]);

export function createAppRouter(context: AppContext) {
  return createRouter({ routeTree, context, defaultPreload: false, scrollRestoration: true });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
