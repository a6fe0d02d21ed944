import { createRoot } from "react-dom/client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { I18nextProvider } from "react-i18next";
import { RouterProvider } from "@tanstack/react-router";
import { RequestFailed } from "../data/request.ts";
import { createTexts, ensureTexts, loadTexts } from "../texts/index.ts";
import { usePreferences } from "../ui/preferences.ts";
import { createAppRouter } from "./router.tsx";

/** Twice more, unless the server said that the request itself is wrong: it would say so again. */
function worthTrying(failures: number, error: Error): boolean {
  const status = error instanceof RequestFailed ? error.problem.status : 0;
  return failures < 2 && (status < 400 || status >= 500 || status === 429);
}

/** Query client with the rules that every surface shares: live topics keep data fresh, so nothing is read on focus. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { refetchOnWindowFocus: false, retry: worthTrying, gcTime: 600_000 },
    },
  });
}

/** Starts console, cockpit or wall, whichever the address names. */
export async function startApp(root: HTMLElement): Promise<void> {
  const { lang, theme } = usePreferences.getState();
  document.documentElement.lang = lang;
  document.documentElement.dataset["theme"] = theme;
  const queryClient = createQueryClient();
  const texts = createTexts(lang, await loadTexts(lang, ["common"]));
  const router = createAppRouter({ queryClient, texts });

  usePreferences.subscribe(async (next, before) => {
    if (next.theme !== before.theme) document.documentElement.dataset["theme"] = next.theme;
    if (next.lang === before.lang) return;
    const loaded = Object.keys(texts.store.data[before.lang] ?? {}) as Parameters<typeof ensureTexts>[2][number][];
    await ensureTexts(texts, next.lang, loaded);
    await texts.changeLanguage(next.lang);
    document.documentElement.lang = next.lang;
  });

  createRoot(root).render(
    <I18nextProvider i18n={texts}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nextProvider>,
  );
}
