import { useEffect } from "react";
import { LiveProvider } from "../../data/live/index.ts";
import { Canvas } from "./canvas.tsx";
import { OverviewScene } from "./overview-scene.tsx";
import { WallFrame } from "./wall-frame.tsx";

/** The operations room's display. One scene now: the city overview. */
export function WallShell() {
  useEffect(() => {
    const root = document.documentElement;
    const before = { theme: root.dataset["theme"], density: root.dataset["density"] };
    root.dataset["theme"] = "wall";
    root.dataset["density"] = "wall";
    return () => {
      Object.assign(root.dataset, before);
    };
  }, []);
  return (
    <LiveProvider flushesPerSecond={1}>
      <Canvas>
        <WallFrame>
          <OverviewScene />
        </WallFrame>
      </Canvas>
    </LiveProvider>
  );
}
