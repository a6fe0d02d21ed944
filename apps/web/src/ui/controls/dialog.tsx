import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../icons/index.ts";
import { Button } from "./button.tsx";
import styles from "./dialog.module.css";

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
}

/**
 * A modal dialog on the native element: focus moves in (to `data-first` where there is one), Escape closes, focus returns
 * to the opener.
 */
export function Dialog({ open, onClose, title, children }: Props) {
  const { t } = useTranslation();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>("[data-first]")?.focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog ref={element} className={styles.dialog} aria-label={title} onClose={onClose}>
      {open ? (
        <>
          <header className={styles.header}>
            <h2>{title}</h2>
            <Button kind="quiet" onClick={onClose} aria-label={t("close")}>
              <Icon name="close" />
            </Button>
          </header>
          <div className={styles.body}>{children}</div>
        </>
      ) : null}
    </dialog>
  );
}
