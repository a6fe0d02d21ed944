import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ensureTexts } from "../../texts/index.ts";
import type * as engineModule from "./engine.ts";

export type Engine = typeof engineModule;

let loaded: Engine | null = null;
let loading: Promise<Engine> | null = null;

/** The drawing code and the words of charts; null until they are there. Never loaded on the server. */
export function useEngine(): { engine: Engine | null; failed: boolean } {
  const { i18n } = useTranslation();
  const [state, setState] = useState<{ engine: Engine | null; failed: boolean }>({ engine: loaded, failed: false });
  useEffect(() => {
    let shown = true;
    loading ??= Promise.all([
      import("./engine.ts"),
      ensureTexts(i18n, i18n.language === "en" ? "en" : "vi", ["charts"]),
    ]).then(([module]) => (loaded = module));
    loading.then(
      (engine) => {
        if (shown) setState((before) => (before.engine === engine ? before : { engine, failed: false }));
      },
      () => {
        loading = null;
        if (shown) setState({ engine: null, failed: true });
      },
    );
    return () => {
      shown = false;
    };
  }, [i18n]);
  return state;
}
