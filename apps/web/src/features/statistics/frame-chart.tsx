import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import type { Extent } from "@ioc/charts";
import { areaShapes } from "@ioc/charts/shapes";
import type { ChartKind, ChartSpec, Frame, StatisticDefinition } from "@ioc/contracts";
import { areaShapesQuery, areasQuery } from "../../data/index.ts";
import { useCityNow } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import { Chart } from "../../ui/chart/index.ts";

/** What a chart is drawn from: the question is its title unless the frame states a finding. */
export function specOf(
  definition: Pick<StatisticDefinition, "chart" | "question" | "measures" | "source">,
  kind: ChartKind = definition.chart,
): ChartSpec {
  return { kind, title: definition.question, subtitle: definition.measures, source: definition.source };
}

interface Props {
  spec: ChartSpec;
  frame: Frame;
  nameOf: (id: string) => string;
  height: number;
  highlight?: string | null;
  labelledBy?: string;
  extent?: Extent | null;
  /** Of the past: unfinished periods are those of the frame, not of now. */
  past?: boolean;
}

const maps: ReadonlySet<ChartKind> = new Set(["point-map", "choropleth"]);

/** A chart with what a map needs besides: shapes of the areas and the names of far islands are read only for maps. */
export function FrameChart({ spec, frame, past = false, ...rest }: Props) {
  const lang = useLang();
  const now = useCityNow(60_000);
  const map = maps.has(spec.kind);
  const collection = useQuery({ ...areaShapesQuery(), enabled: map }).data;
  const areas = useQuery({ ...areasQuery(), enabled: map }).data?.items;
  const shapes = useMemo(() => {
    if (!map || !collection || !areas) return {};
    const all = areaShapes(collection);
    const level = frame.group;
    const own = new Set(areas.filter((area) => area.level === level).map((area) => area.id));
    return {
      outline: [...all.rings.values()].flat(),
      areas: { ...all, rings: new Map([...all.rings].filter(([id]) => own.has(id))) },
      offshore: areas.filter((area) => area.offshore).map((area) => area.name[lang]),
    };
  }, [map, collection, areas, frame.group, lang]);
  return <Chart spec={spec} frame={frame} now={past ? frame.computedAt : now} {...rest} {...shapes} />;
}
