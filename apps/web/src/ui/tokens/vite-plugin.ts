import type { Plugin } from "vite";
import { tokensCss } from "./tokens-css.ts";

const id = "virtual:tokens.css";

/** Makes `import "virtual:tokens.css"` the custom properties of all themes, written at build time. */
export function tokensPlugin(): Plugin {
  return {
    name: "ioc-tokens",
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (resolved) => (resolved === `\0${id}` ? tokensCss() : null),
  };
}
