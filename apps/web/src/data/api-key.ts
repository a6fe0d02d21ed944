import { create } from "zustand";

const place = "ioc.api-key";

interface ApiKeyState {
  /** Null until somebody gave one. */
  key: string | null;
  setKey: (key: string | null) => void;
}

/** Read when the page starts; a browser that forbids storage keeps the key for this page only. */
function stored(): string | null {
  try {
    return globalThis.sessionStorage?.getItem(place) ?? null;
  } catch {
    return null;
  }
}

/** The API key of this browser tab: asked for once, forgotten when the tab is closed. */
export const useApiKey = create<ApiKeyState>()((set) => ({
  key: stored(),
  setKey: (key) => {
    try {
      if (key === null) sessionStorage.removeItem(place);
      else sessionStorage.setItem(place, key);
    } catch {
      // Kept in memory only.
    }
    set({ key });
  },
}));
