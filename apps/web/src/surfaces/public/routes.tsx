import type { ReactElement } from "react";
import type {
  Alert,
  Area,
  City,
  Frame,
  Lang,
  List,
  StationItem,
  StatisticItem,
  Summary,
  WarningItem,
} from "@ioc/contracts";
import { readGallerySearch, readPageSearch } from "../../features/statistics/statistic-search.ts";
import type { PageSearch } from "../../features/statistics/statistic-search.ts";
import { viewOf } from "../../features/statistics/view.ts";
import { HomePage } from "./home-page.tsx";
import { MapPage } from "./map-page.tsx";
import { publicAlerts, withPublicSeverity } from "./model.ts";
import { AboutPage, NotFoundPage, WarningsPage } from "./plain-pages.tsx";
import { PublicStatisticPage } from "./statistic-page.tsx";
import { StatisticsPage } from "./statistics-pages.tsx";

/** Reads a path below `/api/v1` inside the program. */
export type Data = (path: string) => Promise<unknown>;

export interface DrawnPage {
  status: number;
  /** Title of the page in its language. */
  title: string;
  body: ReactElement;
}

const items = async <T,>(data: Data, path: string): Promise<T[]> => ((await data(path)) as List<T>).items;

const summaryOf = async (data: Data): Promise<Summary> => (await data("/summary")) as Summary;

async function publicStatistics(data: Data): Promise<StatisticItem[]> {
  const all = await items<StatisticItem>(data, "/statistics?limit=5000");
  return all.filter((statistic) => statistic.audience.includes("public"));
}

async function warningsInEffect(data: Data): Promise<{ alerts: Alert[]; definitions: WarningItem[] }> {
  const [alerts, definitions] = await Promise.all([
    items<Alert>(data, "/alerts?limit=5000"),
    items<WarningItem>(data, "/warnings?limit=5000"),
  ]);
  return { alerts: publicAlerts(alerts, definitions), definitions };
}

/** All stations with the severity that residents may see. */
export async function publicStations(data: Data): Promise<StationItem[]> {
  const [stations, warnings] = await Promise.all([
    items<StationItem>(data, "/stations?limit=5000"),
    warningsInEffect(data),
  ]);
  return withPublicSeverity(stations, warnings.alerts);
}

interface Asked {
  /** Parameters of the address. */
  query: Record<string, string>;
  lang: Lang;
  city: City;
  data: Data;
  /** Texts of the `public` catalogue. */
  t: (key: "navHome" | "navWarnings" | "navMap" | "navStatistics" | "navAbout" | "notFoundTitle") => string;
}

/** Names of stations and areas by id. */
async function namesOf(data: Data, lang: Lang): Promise<(id: string) => string> {
  const [stations, areas] = await Promise.all([
    items<StationItem>(data, "/stations?limit=5000"),
    items<Area>(data, "/areas?limit=5000"),
  ]);
  const names = new Map([...areas, ...stations].map((one) => [one.id, one.name[lang]]));
  return (id) => names.get(id) ?? id;
}

/** The frame of a view; of the default one where the address names a group or a place that there is not. */
async function frameOf(data: Data, id: string, view: PageSearch): Promise<{ frame: Frame; view: PageSearch }> {
  const asked = new URLSearchParams(Object.entries(viewOf(view))).toString();
  const path = `/statistics/${id}/data`;
  if (asked === "") return { frame: (await data(path)) as Frame, view };
  try {
    return { frame: (await data(`${path}?${asked}`)) as Frame, view };
  } catch {
    return { frame: (await data(path)) as Frame, view: {} };
  }
}

/** The page of a path (without language prefix), with everything it shows already read. */
export async function pageOf(path: string, { lang, city, data, query, t }: Asked): Promise<DrawnPage> {
  const parts = path.split("/").filter(Boolean);
  const [first, second, third] = parts;
  if (parts.length === 0) {
    const [summary, warnings, statistics] = await Promise.all([
      summaryOf(data),
      warningsInEffect(data),
      publicStatistics(data),
    ]);
    return {
      status: 200,
      title: t("navHome"),
      body: <HomePage summary={summary} {...warnings} statistics={statistics} />,
    };
  }
  if (first === "warnings" && parts.length === 1) {
    return { status: 200, title: t("navWarnings"), body: <WarningsPage {...await warningsInEffect(data)} /> };
  }
  if (first === "map" && parts.length === 1) {
    const [summary, stations] = await Promise.all([summaryOf(data), items<StationItem>(data, "/stations?limit=5000")]);
    return { status: 200, title: t("navMap"), body: <MapPage summary={summary} stations={stations} /> };
  }
  if (first === "statistics" && parts.length === 1) {
    return {
      status: 200,
      title: t("navStatistics"),
      body: <StatisticsPage statistics={await publicStatistics(data)} search={readGallerySearch(query)} />,
    };
  }
  const domain = parts.length === 2 ? city.domains.find((one) => one.id === second) : undefined;
  if (first === "statistics" && domain) {
    const search = { ...readGallerySearch(query), domain: domain.id };
    return {
      status: 200,
      title: domain.name[lang],
      body: <StatisticsPage statistics={await publicStatistics(data)} search={search} />,
    };
  }
  if (first === "statistics" && parts.length === 3) {
    const statistic = (await publicStatistics(data)).find((item) => item.id === third && item.domain === second);
    if (statistic) {
      const [{ frame, view }, nameOf] = await Promise.all([
        frameOf(data, statistic.id, readPageSearch(query)),
        namesOf(data, lang),
      ]);
      const body = <PublicStatisticPage statistic={statistic} frame={frame} view={view} nameOf={nameOf} />;
      return { status: 200, title: statistic.name[lang], body };
    }
  }
  if (first === "about" && parts.length === 1) return { status: 200, title: t("navAbout"), body: <AboutPage /> };
  return { status: 404, title: t("notFoundTitle"), body: <NotFoundPage /> };
}
