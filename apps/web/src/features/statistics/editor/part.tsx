import type { ReactNode } from "react";
import styles from "./editor.module.css";

interface Props {
  title: string;
  /** Where a problem leads to. */
  id?: string;
  open?: boolean;
  children: ReactNode;
}

/** A part of the form that can be folded away. */
export function Part({ title, id, open = false, children }: Props) {
  return (
    <details className={styles.part} id={id} open={open}>
      <summary>{title}</summary>
      <div className={styles.partBody}>{children}</div>
    </details>
  );
}
