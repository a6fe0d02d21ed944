import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute, withTexts } from "../../app/root-route.tsx";
import { readBoardSearch } from "../../features/statistics/boards/board-address.ts";
import { readGallerySearch, readPageSearch } from "../../features/statistics/statistic-search.ts";
import { readForecastSearch } from "../../features/forecasts/forecast-search.ts";
import { readConsoleSearch, readEditorSearch } from "./search.ts";

const shell = createRoute({
  getParentRoute: () => rootRoute,
  path: "/console",
  validateSearch: readConsoleSearch,
  beforeLoad: withTexts(["console", "alerts", "stations", "map", "charts"]),
  component: lazyRouteComponent(() => import("./console-shell.tsx"), "ConsoleShell"),
});

const alertsPage = lazyRouteComponent(() => import("./alerts-page.tsx"), "AlertsPage");

/** The operators' console. */
export const consoleRoutes = shell.addChildren([
  createRoute({ getParentRoute: () => shell, path: "/", component: alertsPage }),
  createRoute({ getParentRoute: () => shell, path: "/alerts/$alertId", component: alertsPage }),
  createRoute({
    getParentRoute: () => shell,
    path: "/suppressions",
    beforeLoad: withTexts(["suppressions"]),
    component: lazyRouteComponent(() => import("./suppressions-page.tsx"), "ConsoleSuppressionsPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/map",
    component: lazyRouteComponent(() => import("./map-page.tsx"), "MapPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/stations/$stationId",
    component: lazyRouteComponent(() => import("./map-page.tsx"), "MapPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/statistics",
    validateSearch: readGallerySearch,
    beforeLoad: withTexts(["statistics"]),
    component: lazyRouteComponent(() => import("./statistics-pages.tsx"), "StatisticsPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/statistics/$statisticId",
    validateSearch: readPageSearch,
    beforeLoad: withTexts(["statistics"]),
    component: lazyRouteComponent(() => import("./statistics-pages.tsx"), "ConsoleStatisticPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/statistics/$statisticId/edit",
    beforeLoad: withTexts(["statistics", "editor"]),
    component: lazyRouteComponent(() => import("./editor-pages.tsx"), "ConsoleEditorPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/statistics/new",
    validateSearch: readEditorSearch,
    beforeLoad: withTexts(["statistics", "editor"]),
    component: lazyRouteComponent(() => import("./editor-pages.tsx"), "ConsoleNewStatisticPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/statistics/boards",
    beforeLoad: withTexts(["statistics", "boards"]),
    component: lazyRouteComponent(() => import("./boards-pages.tsx"), "ConsoleBoardsPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/statistics/boards/$boardId",
    validateSearch: readBoardSearch,
    beforeLoad: withTexts(["statistics", "boards"]),
    component: lazyRouteComponent(() => import("./boards-pages.tsx"), "ConsoleBoardPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/incidents",
    beforeLoad: withTexts(["incidents"]),
    component: lazyRouteComponent(() => import("./incidents-pages.tsx"), "ConsoleIncidentsPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/incidents/$incidentId",
    beforeLoad: withTexts(["incidents"]),
    component: lazyRouteComponent(() => import("./incidents-pages.tsx"), "ConsoleIncidentPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/notifications",
    beforeLoad: withTexts(["incidents"]),
    component: lazyRouteComponent(() => import("./incidents-pages.tsx"), "ConsoleNotificationsPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/drills",
    beforeLoad: withTexts(["drills"]),
    component: lazyRouteComponent(() => import("./drills-pages.tsx"), "ConsoleDrillsPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/drills/$drillId",
    beforeLoad: withTexts(["drills"]),
    component: lazyRouteComponent(() => import("./drills-pages.tsx"), "ConsoleDrillPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/warnings",
    beforeLoad: withTexts(["warnings"]),
    component: lazyRouteComponent(() => import("./warnings-pages.tsx"), "ConsoleWarningsPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/warnings/$warningId",
    beforeLoad: withTexts(["warnings"]),
    component: lazyRouteComponent(() => import("./warnings-pages.tsx"), "ConsoleWarningPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/forecasts",
    validateSearch: readForecastSearch,
    beforeLoad: withTexts(["forecasts"]),
    component: lazyRouteComponent(() => import("./forecasts-page.tsx"), "ConsoleForecastsPage"),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: "/system",
    beforeLoad: withTexts(["system"]),
    component: lazyRouteComponent(() => import("./system-page.tsx"), "ConsoleSystemPage"),
  }),
]);
