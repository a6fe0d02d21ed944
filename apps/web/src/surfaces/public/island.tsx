import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { I18nextProvider } from "react-i18next";
import type { Lang } from "@ioc/contracts";
import { LiveProvider } from "../../data/live/index.ts";
import { createTexts, loadTexts } from "../../texts/index.ts";
import type { Namespace } from "../../texts/index.ts";
import { ToastRegion } from "../../ui/controls/toast.tsx";

/** Puts a live part into a server-drawn page, in the place of its first drawing. */
export async function startIsland(
  place: HTMLElement,
  namespaces: readonly Namespace[],
  content: ReactNode,
  /** Reads what the content shows first, so that it takes the place of the first drawing in one go. */
  prepare?: (client: QueryClient) => Promise<unknown>,
): Promise<void> {
  const lang: Lang = document.documentElement.lang === "en" ? "en" : "vi";
  const texts = createTexts(lang, await loadTexts(lang, ["common", ...namespaces]));
  const queryClient = new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false } } });
  await prepare?.(queryClient);
  createRoot(place).render(
    <I18nextProvider i18n={texts}>
      <QueryClientProvider client={queryClient}>
        <LiveProvider flushesPerSecond={0.2}>{content}</LiveProvider>
        <ToastRegion />
      </QueryClientProvider>
    </I18nextProvider>,
  );
}
