import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import styles from "./wall.module.css";

const height = 1080;

/** The wall's own canvas: always 1080 units high, as wide as the screen's shape, scaled to the device. */
export function Canvas({ children }: { children: ReactNode }) {
  const [screen, setScreen] = useState(() => ({ width: innerWidth, height: innerHeight }));
  useEffect(() => {
    const measure = (): void => setScreen({ width: innerWidth, height: innerHeight });
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  }, []);
  const scale = screen.height / height;
  const width = screen.width / scale;
  return (
    <div className={styles.screen}>
      <div
        className={styles.canvas}
        style={{ width, height, transform: `scale(${scale})`, ["--wall-scale" as string]: scale }}
        data-shape={width >= 3000 ? "wide" : width < 1200 ? "narrow" : "normal"}
      >
        {children}
      </div>
    </div>
  );
}
