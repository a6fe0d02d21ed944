interface Props {
  /** Address of the picture in a theme. */
  source: (theme: "light" | "dark") => string;
  alt: string;
  width: number;
  height: number;
  className?: string | undefined;
  eager?: boolean;
}

/** A picture drawn by the server, in the theme of the reader's system and without a script. */
export function ThemedImage({ source, alt, width, height, className, eager = false }: Props) {
  return (
    <picture>
      <source media="(prefers-color-scheme: dark)" srcSet={source("dark")} />
      <img
        className={className}
        src={source("light")}
        alt={alt}
        width={width}
        height={height}
        loading={eager ? "eager" : "lazy"}
        decoding="async"
      />
    </picture>
  );
}
