import { createHash } from "node:crypto";
import { relative } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { tokensPlugin } from "./src/ui/tokens/vite-plugin.ts";

/** Where `pnpm dev` finds the running server. */
const server = process.env["IOC_SERVER_URL"] ?? "http://127.0.0.1:8080";

/** Class name of a CSS module: the same in the client's build and in pages drawn on the server. */
function scopedName(name: string, file: string): string {
  const path = relative(import.meta.dirname, file.replace(/\?.*$/, ""));
  return `${name}_${createHash("sha256").update(path).digest("hex").slice(0, 6)}`;
}

/**
 * Two builds of the same sources. Client: `dist/client` with `app.html` (console, cockpit, wall) and the hydration entry
 * of the public pages, found by the server through `.vite/manifest.json`. Server (`--ssr`): `dist/server/entry-server.js`.
 */
export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react(), tokensPlugin()],
  appType: "mpa",
  css: { modules: { generateScopedName: scopedName } },
  build: {
    target: "es2023",
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    ...(isSsrBuild
      ? {
          outDir: "dist/server",
          copyPublicDir: false,
          rolldownOptions: {
            input: "src/entry-server.tsx",
            output: { entryFileNames: "[name].js" },
          },
        }
      : {
          outDir: "dist/client",
          manifest: true,
          rolldownOptions: {
            input: ["app.html", "src/entry-public.tsx"],
          },
        }),
  },
  // The server build carries its packages, so that it runs wherever the folder is put.
  ssr: { noExternal: true },
  server: {
    port: 5173,
    proxy: {
      "/api": server,
      "/live": { target: server, ws: true },
    },
  },
}));
