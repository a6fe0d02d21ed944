import { useTranslation } from "react-i18next";
import { statisticFileUrl } from "../../data/index.ts";
import type { StatisticView } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { Button, say } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import styles from "./statistics.module.css";

interface Props {
  id: string;
  view: StatisticView;
  /** Address of this view. */
  link: string;
}

/** Data file, picture, link. A native disclosure: works without a script's help, closes with the same button. */
export function StatisticMenu({ id, view, link }: Props) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const copy = async () => {
    const address = new URL(link, location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      say(t("linkCopied"));
    } catch {
      say(t("linkNotCopied", { link: address }));
    }
  };
  return (
    <details className={styles.menu}>
      <summary aria-label={t("menu")} title={t("menu")}>
        <Icon name="download" size={20} />
      </summary>
      <div className={styles.menuItems}>
        <a href={statisticFileUrl(id, "csv", { ...view, lang })} download>
          {t("csv")}
        </a>
        <a href={statisticFileUrl(id, "svg", { ...view, lang, w: 1080, theme: "light" })} download={`${id}.svg`}>
          {t("svg")}
        </a>
        <Button kind="quiet" onClick={() => void copy()}>
          <Icon name="link" size={16} /> {t("copyLink")}
        </Button>
      </div>
    </details>
  );
}
