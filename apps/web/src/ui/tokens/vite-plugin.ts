import type { Plugin } from "vite";
import { tokensCss } from "./tokens-css.ts";

const id = "virtual:tokens.css";
const layers = "@layer reset, tokens, base, components, utilities;\n";

/**
 * Makes `import "virtual:tokens.css"` the custom properties of all themes, written at build time, and puts the order of the
 * layers first in every style sheet: whichever is loaded first, the order is the same.
 */
export function tokensPlugin(): Plugin {
  return {
    name: "ioc-tokens",
    enforce: "pre",
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (resolved) => (resolved === `\0${id}` ? tokensCss() : null),
    transform: (code, resolved) => (resolved.endsWith(".css") ? { code: layers + code, map: null } : null),
  };
}
