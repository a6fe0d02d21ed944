import type alerts from "./vi/alerts.json";
import type boards from "./vi/boards.json";
import type charts from "./vi/charts.json";
import type cockpit from "./vi/cockpit.json";
import type common from "./vi/common.json";
import type consoleTexts from "./vi/console.json";
import type drills from "./vi/drills.json";
import type editor from "./vi/editor.json";
import type forecasts from "./vi/forecasts.json";
import type incidents from "./vi/incidents.json";
import type map from "./vi/map.json";
import type publicTexts from "./vi/public.json";
import type stations from "./vi/stations.json";
import type statistics from "./vi/statistics.json";
import type suppressions from "./vi/suppressions.json";
import type system from "./vi/system.json";
import type warnings from "./vi/warnings.json";
import type wall from "./vi/wall.json";

/** Typed keys: every catalogue of `texts/vi` is named here once; `texts.test.ts` checks that English has the same keys. */
export interface Resources {
  alerts: typeof alerts;
  boards: typeof boards;
  charts: typeof charts;
  cockpit: typeof cockpit;
  common: typeof common;
  console: typeof consoleTexts;
  drills: typeof drills;
  editor: typeof editor;
  forecasts: typeof forecasts;
  incidents: typeof incidents;
  map: typeof map;
  public: typeof publicTexts;
  stations: typeof stations;
  statistics: typeof statistics;
  suppressions: typeof suppressions;
  system: typeof system;
  wall: typeof wall;
  warnings: typeof warnings;
}
export type Namespace = keyof Resources;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: Resources;
  }
}
