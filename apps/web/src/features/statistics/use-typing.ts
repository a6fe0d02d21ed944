import { useState } from "react";
import type { ChangeEvent } from "react";

interface Typing {
  value: string;
  onFocus: () => void;
  onBlur: () => void;
  onChange: (event: ChangeEvent<HTMLInputElement>) => void;
}

/**
 * An input whose text lives in the address. The address follows a little later: while the input has the focus it shows what was
 * typed, else what the address says, so that no letter is lost.
 */
export function useTyping(value: string, onText: (text: string) => void): Typing {
  const [typed, setTyped] = useState<string | null>(null);
  return {
    value: typed ?? value,
    onFocus: () => setTyped(value),
    onBlur: () => setTyped(null),
    onChange: (event) => {
      setTyped(event.target.value);
      onText(event.target.value);
    },
  };
}
