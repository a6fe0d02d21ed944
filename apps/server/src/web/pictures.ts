import { renderSvg } from "@ioc/charts";
import type { ChartSpec, Frame, Lang, Network, StatisticItem } from "@ioc/contracts";

interface Look {
  w: number;
  lang: Lang;
  theme: "light" | "dark" | "wall";
}

/** Pictures of frames, drawn once for each frame and look. */
export interface Pictures {
  draw(item: StatisticItem, frame: Frame, look: Look): string;
}

const kept = 300;

export function createPictures(
  nameOf: (id: string, lang: Lang) => string,
  network: Network,
  now: () => number,
): Pictures {
  const places = new Map(network.stations.map((station) => [station.id, [station.lon, station.lat] as const]));
  const islands = network.areas.filter((area) => area.scheme === network.scheme && area.offshore);
  const drawn = new Map<string, string>();
  return {
    draw(item, frame, { w, lang, theme }) {
      const key = [item.id, item.version, frame.group, frame.subject, frame.computedAt, w, lang, theme].join(" ");
      const known = drawn.get(key);
      if (known !== undefined) return known;
      const picture = renderSvg(specOf(item), frame, {
        theme,
        width: w,
        lang,
        now: now(),
        nameOf: (id) => nameOf(id, lang),
        positionOf: (id) => places.get(id) ?? null,
        offshore: islands.map((area) => area.name[lang]),
      });
      drawn.set(key, picture);
      const oldest = drawn.keys().next().value;
      if (drawn.size > kept && oldest !== undefined) drawn.delete(oldest);
      return picture;
    },
  };
}

function specOf(item: StatisticItem): ChartSpec {
  return { kind: item.chart, title: item.name, subtitle: item.measures, source: item.source };
}
