import { Component } from "react";
import type { ErrorInfo, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../icons/index.ts";
import { Button } from "./button.tsx";
import styles from "./states.module.css";

interface State {
  error: Error | null;
}

/** Keeps one broken card from removing the page; says so in its place and can try again. */
export class CardBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error("A card could not be shown.", error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return <BrokenCard error={this.state.error} retry={() => this.setState({ error: null })} />;
  }
}

function BrokenCard({ error, retry }: { error: Error; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.state} role="alert" title={error.message}>
      <p>
        <Icon name="warning" />
        {t("error.card", { code: error.name.slice(0, 12) })}
      </p>
      <Button onClick={retry}>{t("retry")}</Button>
    </div>
  );
}
