import { useTranslation } from "react-i18next";
import { Icon } from "../icons/index.ts";
import { Button } from "./button.tsx";
import styles from "./pager.module.css";

interface Props {
  /** From 1. */
  page: number;
  pages: number;
  onPage: (page: number) => void;
}

export function Pager({ page, pages, onPage }: Props) {
  const { t } = useTranslation();
  if (pages <= 1) return null;
  return (
    <nav className={styles.pager} aria-label={t("pager.label")}>
      <Button kind="quiet" disabled={page <= 1} onClick={() => onPage(page - 1)} aria-label={t("pager.previous")}>
        <Icon name="chevron-left" />
      </Button>
      <span>{t("pager.of", { page, pages })}</span>
      <Button kind="quiet" disabled={page >= pages} onClick={() => onPage(page + 1)} aria-label={t("pager.next")}>
        <Icon name="chevron-right" />
      </Button>
    </nav>
  );
}
