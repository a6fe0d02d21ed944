import { renderSvg } from "@ioc/charts";
import { areaShapes } from "@ioc/charts/shapes";
import type { FeatureCollection } from "@ioc/city-pack";
import type { ChartKind, ChartSpec, Frame, Lang, Network, StatisticItem } from "@ioc/contracts";
import { createPainter } from "./png.ts";

/** What a picture looks like: width of the card in px, language, theme, and the kind unless it is the definition's own. */
export interface PictureLook {
  chart?: ChartKind | undefined;
  w: number;
  lang: Lang;
  theme: "light" | "dark" | "wall";
}

/** Pictures of frames, drawn once for each frame and look. */
export interface Pictures {
  /** SVG document. */
  draw(item: StatisticItem, frame: Frame, look: PictureLook): string;
  /** The same as PNG, twice as wide. */
  png(item: StatisticItem, frame: Frame, look: PictureLook): Promise<Buffer>;
  close(): Promise<void>;
}

interface PictureSources {
  nameOf(id: string, lang: Lang): string;
  network: Network;
  /** Shapes of the areas of the scheme in use. */
  shapes: FeatureCollection | undefined;
  /** City time. */
  now(): number;
}

/** How many pictures are kept; a PNG is some hundred kilobytes. */
const kept = { svg: 300, png: 60 };

export function createPictures({ nameOf, network, shapes, now }: PictureSources): Pictures {
  const places = new Map(network.stations.map((station) => [station.id, [station.lon, station.lat] as const]));
  const units = network.areas.filter((area) => area.scheme === network.scheme);
  const islands = units.filter((area) => area.offshore);
  const painter = createPainter();
  const land = areaShapes(shapes ?? { features: [] });
  const outline = [...land.rings.values()].flat();
  const drawn = createShelf<string>(kept.svg);
  const painted = createShelf<Promise<Buffer>>(kept.png);
  /** Shapes of the units that a view is grouped by. */
  const areasOf = (frame: Frame) => {
    const own = new Set(units.filter((area) => area.level === frame.group).map((area) => area.id));
    return { ...land, rings: new Map([...land.rings].filter(([id]) => own.has(id))) };
  };
  const draw: Pictures["draw"] = (item, frame, look) =>
    drawn.get(keyOf(item, frame, look), () =>
      renderSvg(specOf(item, look), frame, {
        theme: look.theme,
        width: look.w,
        lang: look.lang,
        now: now(),
        nameOf: (id) => nameOf(id, look.lang),
        positionOf: (id) => places.get(id) ?? null,
        outline,
        offshore: islands.map((area) => area.name[look.lang]),
        areas: areasOf(frame),
      }),
    );
  return {
    draw,
    png(item, frame, look) {
      const key = keyOf(item, frame, look);
      return painted.get(key, () => {
        const picture = painter.paint(draw(item, frame, look), look.w * 2);
        picture.catch(() => painted.drop(key));
        return picture;
      });
    },
    close: () => painter.close(),
  };
}

function keyOf(item: StatisticItem, frame: Frame, { w, lang, theme, chart }: PictureLook): string {
  const { group, subject, computedAt, window } = frame;
  return [item.id, item.version, group, subject, computedAt, window.to, w, lang, theme, chart].join(" ");
}

/** The newest things made, each made once. */
function createShelf<T>(most: number): { get(key: string, make: () => T): T; drop(key: string): void } {
  const things = new Map<string, T>();
  return {
    get(key, make) {
      const known = things.get(key);
      if (known !== undefined) return known;
      const made = make();
      things.set(key, made);
      const oldest = things.keys().next().value;
      if (things.size > most && oldest !== undefined) things.delete(oldest);
      return made;
    },
    drop: (key) => void things.delete(key),
  };
}

function specOf(item: StatisticItem, { chart }: Pick<PictureLook, "chart">): ChartSpec {
  return { kind: chart ?? item.chart, title: item.name, subtitle: item.measures, source: item.source };
}
