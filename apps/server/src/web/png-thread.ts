import { fileURLToPath } from "node:url";
import { parentPort } from "node:worker_threads";
import { Resvg } from "@resvg/resvg-js";

/** A drawing to paint, and what it became. */
export interface PngRequest {
  id: number;
  svg: string;
  /** Width of the picture in px. */
  width: number;
}
export type PngAnswer = { id: number; png: Uint8Array } | { id: number; error: string };

/** The weights that drawings use. The fonts of the machine are left out: the same drawing is the same picture everywhere. */
const fontFiles = [
  import.meta.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"),
  import.meta.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf"),
  import.meta.resolve("@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf"),
].map((file) => fileURLToPath(file));
const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: "Inter", sansSerifFamily: "Inter" };

parentPort?.on("message", ({ id, svg, width }: PngRequest) => {
  try {
    const png = new Resvg(svg, { fitTo: { mode: "width", value: width }, font }).render().asPng();
    parentPort?.postMessage({ id, png } satisfies PngAnswer, []);
  } catch (error) {
    parentPort?.postMessage({ id, error: String(error) } satisfies PngAnswer, []);
  }
});
