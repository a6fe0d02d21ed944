import { useTranslation } from "react-i18next";
import type { ChartKind } from "@ioc/contracts";
import { statisticFileUrl } from "../../data/index.ts";
import type { StatisticView } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { Button, useDisclosure } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import { useCopyLink } from "./use-copy-link.ts";
import styles from "./statistics.module.css";

interface Props {
  id: string;
  view: StatisticView;
  /** Address of this view. */
  link: string;
  /** Name of the statistic: several menus of a page are told apart by it. */
  name: string;
  /** Kind that pictures are drawn as; the definition's own unless given. */
  chart?: ChartKind | undefined;
  /** Words on the button; only the icon without. */
  label?: string;
}

/** Data file, pictures, link. A native disclosure; Escape closes it, and so does leaving it. */
export function StatisticMenu({ id, view, link, name, chart, label }: Props) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const menu = useDisclosure();
  const copy = useCopyLink();
  const picture = { ...view, lang, theme: "light", ...(chart ? { chart } : {}) } as const;
  return (
    <details className={styles.menu} {...menu.props}>
      <summary
        className={label ? styles.menuLabel : undefined}
        {...(label ? {} : { "aria-label": t("menuOf", { name }), title: t("menu") })}
      >
        <Icon name="download" size={label ? 16 : 20} />
        {label}
      </summary>
      <div className={styles.menuItems}>
        <a href={statisticFileUrl(id, "csv", { ...view, lang })} download>
          {t("csv")}
        </a>
        <a href={statisticFileUrl(id, "svg", { ...picture, w: 1080 })} download={`${id}.svg`}>
          {t("svg")}
        </a>
        <a href={statisticFileUrl(id, "png", { ...picture, w: 1080 })} download={`${id}.png`}>
          {t("png")}
        </a>
        <Button
          kind="quiet"
          onClick={() => {
            menu.close();
            void copy(link);
          }}
        >
          <Icon name="link" size={16} /> {t("copyLink")}
        </Button>
      </div>
    </details>
  );
}
