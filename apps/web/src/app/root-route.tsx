import { Outlet, createRootRouteWithContext } from "@tanstack/react-router";
import type { QueryClient } from "@tanstack/react-query";
import type { i18n } from "i18next";
import { useTranslation } from "react-i18next";
import { ensureTexts } from "../texts/index.ts";
import type { Namespace } from "../texts/index.ts";
import { EmptyState } from "../ui/controls/index.ts";

export interface AppContext {
  queryClient: QueryClient;
  texts: i18n;
}

/** Parent of every surface's routes. */
export const rootRoute = createRootRouteWithContext<AppContext>()({
  component: Outlet,
  notFoundComponent: NotFound,
});

function NotFound() {
  const { t } = useTranslation();
  return (
    <main>
      <EmptyState>{t("error.notFound")}</EmptyState>
    </main>
  );
}

/** `beforeLoad` of a surface: its catalogues are there before its first component is drawn. */
export function withTexts(namespaces: readonly Namespace[]) {
  return async ({ context }: { context: AppContext }): Promise<void> => {
    await ensureTexts(context.texts, context.texts.language === "en" ? "en" : "vi", namespaces);
  };
}
