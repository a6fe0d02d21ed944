import { useEffect } from "react";
import { create } from "zustand";
import styles from "./toast.module.css";

interface Message {
  id: number;
  text: string;
}
interface ToastState {
  messages: Message[];
  say: (text: string) => void;
  drop: (id: number) => void;
}
let nextId = 1;
const useToasts = create<ToastState>((set) => ({
  messages: [],
  say: (text) => set((state) => ({ messages: [...state.messages.slice(-2), { id: nextId++, text }] })),
  drop: (id) => set((state) => ({ messages: state.messages.filter((message) => message.id !== id) })),
}));

/** Says something briefly: shown for six seconds and read politely. */
export function say(text: string): void {
  useToasts.getState().say(text);
}

/** The polite live region; once a page. */
export function ToastRegion() {
  const messages = useToasts((state) => state.messages);
  return (
    <div className={styles.region} role="status" aria-live="polite">
      {messages.map((message) => (
        <ToastLine key={message.id} message={message} />
      ))}
    </div>
  );
}

function ToastLine({ message }: { message: Message }) {
  const drop = useToasts((state) => state.drop);
  useEffect(() => {
    const timer = setTimeout(() => drop(message.id), 6_000);
    return () => clearTimeout(timer);
  }, [drop, message.id]);
  return <p className={styles.toast}>{message.text}</p>;
}
