import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import type { Board, BoardCard } from "@ioc/contracts";
import { boardQuery } from "../../../data/index.ts";
import { readCards, writeCards } from "./board-address.ts";
import type { BoardPatch, BoardSearch } from "./board-address.ts";

export interface BoardDraft {
  /** The saved board; undefined for a new one and while it is read. */
  saved: Board | undefined;
  name: string;
  about: string;
  cards: BoardCard[];
  /** Something is not saved. */
  dirty: boolean;
  set: (patch: { name?: string; about?: string; cards?: readonly BoardCard[] }) => void;
  /** Back to what is saved. */
  discard: () => void;
  /** What was removed last, until the next change or ten seconds. */
  removed: { card: BoardCard; undo: () => void } | null;
  remove: (index: number) => void;
}

/** How long a removal can be taken back, ms. */
const undoTime = 10_000;

/**
 * A board as it is edited: what differs from the saved one stands in the address, so that it can be shared and survives a
 * reload.
 */
export function useBoard(id: string | null, search: BoardSearch, onSearch: (patch: BoardPatch) => void) {
  const query = useQuery({ ...boardQuery(id ?? ""), enabled: id !== null });
  const saved = id === null ? undefined : query.data;
  const cards = useMemo(() => readCards(search.cards) ?? saved?.cards ?? [], [search.cards, saved]);
  const [removed, setRemoved] = useState<BoardDraft["removed"]>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const set = useCallback<BoardDraft["set"]>(
    ({ cards: next, ...texts }) => {
      setRemoved(null);
      onSearch({ ...texts, ...(next ? { cards: writeCards(next) } : {}) });
    },
    [onSearch],
  );
  const remove = (index: number) => {
    const card = cards[index];
    if (!card) return;
    const before = cards;
    set({ cards: cards.toSpliced(index, 1) });
    setRemoved({ card, undo: () => set({ cards: before }) });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setRemoved(null), undoTime);
  };
  const draft: BoardDraft = {
    saved,
    name: search.name ?? saved?.name ?? "",
    about: search.about ?? saved?.description ?? "",
    cards,
    dirty: search.cards !== undefined || search.name !== undefined || search.about !== undefined,
    set,
    discard: () => onSearch({ cards: undefined, name: undefined, about: undefined }),
    removed,
    remove,
  };
  return { draft, query };
}
