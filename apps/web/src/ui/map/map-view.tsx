import { useEffect, useMemo, useRef, useState } from "react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Theme } from "@ioc/charts/tokens";
import type { Area, City } from "@ioc/contracts";
import type { Severity } from "@ioc/contracts/severity";
import { useLang } from "../../texts/index.ts";
import { Icon } from "../icons/index.ts";
import { Button } from "../controls/button.tsx";
import { EmptyState } from "../controls/states.tsx";
import { areaFeatures, nameFeatures } from "./base-data.ts";
import type { LooseCollection } from "./base-data.ts";
import type { Box, MapController } from "./map-controller.ts";
import { OffshoreInset } from "./offshore-inset.tsx";
import type { MapStation } from "./station-features.ts";
import styles from "./map-view.module.css";

interface Props {
  city: City;
  areas: readonly Area[];
  basemap: LooseCollection | undefined;
  shapes: LooseCollection | undefined;
  stations: readonly MapStation[];
  /** Worst open severity by area id. */
  areaSeverities: ReadonlyMap<string, Severity>;
  theme: Theme;
  /** Name of the map for screen readers. */
  label: string;
  selected?: string | null;
  onSelect?: (station: string) => void;
  chosenArea?: string | null;
  onArea?: (area: string) => void;
  /** Part of the city in view, [south, west, north, east]. */
  onView?: (box: Box) => void;
  /** Camera target; a new object moves the camera. */
  focus?: { box: Box } | { lon: number; lat: number; zoom?: number } | null;
  /** False on the wall: no buttons, no keyboard, no pointer. */
  interactive?: boolean;
  /** Size of everything drawn; the wall uses 40/24. */
  scale?: number;
}

const empty: LooseCollection = { type: "FeatureCollection", features: [] };

/** The map: own offline basemap, areas shaded by severity, stations, and a frame for what lies far out at sea. */
export function MapView(props: Props) {
  const { t } = useTranslation("map");
  const { t: common } = useTranslation();
  const lang = useLang();
  const { city, areas, basemap = empty, shapes = empty, theme, interactive = true, scale = 1 } = props;
  const container = useRef<HTMLDivElement>(null);
  const handlers = useRef(props);
  useEffect(() => {
    handlers.current = props;
  });
  const { controller, failed, retry } = useController(container, handlers, { city, theme, interactive, scale });

  const offshore = useMemo(() => areas.filter((area) => area.offshore), [areas]);
  useEffect(() => {
    if (!controller) return;
    const shapesOnMap = areaFeatures(shapes, new Set(offshore.map(({ id }) => id)));
    void controller.setBase(basemap as never, shapesOnMap, nameFeatures(areas, basemap, lang));
  }, [controller, basemap, shapes, areas, offshore, lang]);

  const { stations, areaSeverities, selected = null, chosenArea = null, focus = null } = props;
  useEffect(() => void controller?.setStations(stations), [controller, stations]);
  useEffect(() => void controller?.setAreaSeverities(areaSeverities), [controller, areaSeverities]);
  useEffect(() => void controller?.setSelected(selected), [controller, selected]);
  useEffect(() => void controller?.setChosenArea(chosenArea), [controller, chosenArea]);
  useEffect(() => {
    if (focus) controller?.show(focus);
  }, [controller, focus]);

  return (
    <div className={styles.view} data-scale={scale > 1 ? "wall" : "desk"}>
      <div ref={container} className={styles.canvas} />
      {failed ? (
        <div className={styles.failed}>
          <EmptyState action={<Button onClick={retry}>{common("retry")}</Button>}>{t("noWebGl")}</EmptyState>
        </div>
      ) : null}
      {interactive && controller ? (
        <div className={styles.buttons}>
          <Button onClick={() => controller.zoomBy(1)} aria-label={t("zoomIn")} title={t("zoomIn")}>
            <Icon name="plus" />
          </Button>
          <Button onClick={() => controller.zoomBy(-1)} aria-label={t("zoomOut")} title={t("zoomOut")}>
            <Icon name="minus" />
          </Button>
          <Button onClick={() => controller.fit()} aria-label={t("fit")} title={t("fit")}>
            <Icon name="fit" />
          </Button>
        </div>
      ) : null}
      <div className={styles.insets}>
        {offshore.map((area) => (
          <OffshoreInset key={area.id} area={area} shapes={shapes} severity={areaSeverities.get(area.id) ?? null} />
        ))}
      </div>
      <p className={styles.notes}>
        {city.boundaries === "approximate" ? <strong>{t("approximate")}. </strong> : null}
        <span>{city.attribution[lang]}</span>
      </p>
    </div>
  );
}

type Handlers = RefObject<Props>;

/** Makes the map once for a theme and takes it away with the component; `failed` when WebGL cannot be had or is lost. */
function useController(
  container: RefObject<HTMLDivElement | null>,
  handlers: Handlers,
  { city, theme, interactive, scale }: Required<Pick<Props, "city" | "theme" | "interactive" | "scale">>,
) {
  const [controller, setController] = useState<MapController | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const boxKey = city.box.join(" ");

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    if (attempt > 0) element.replaceChildren();
    let made: MapController | null = null;
    let gone = false;
    const observer = new ResizeObserver(() => made?.resize());
    void (async () => {
      try {
        const { MapController } = await import("./map-controller.ts");
        if (gone) return;
        made = new MapController({
          container: element,
          theme,
          box: boxKey.split(" ").map(Number) as unknown as Box,
          scale,
          interactive,
          locale: { "Map.Title": handlers.current.label },
          onSelect: (station) => handlers.current.onSelect?.(station),
          onArea: (area) => handlers.current.onArea?.(area),
          onView: (box) => handlers.current.onView?.(box),
          onLost: () => setFailed(true),
        });
        observer.observe(element);
        setController(made);
      } catch (error) {
        console.warn("The map cannot be drawn.", error);
        if (!gone) setFailed(true);
      }
    })();
    return () => {
      gone = true;
      observer.disconnect();
      made?.remove();
      setController(null);
    };
  }, [container, handlers, theme, boxKey, interactive, scale, attempt]);

  const retry = () => {
    setFailed(false);
    setAttempt((count) => count + 1);
  };
  return { controller, failed, retry };
}
