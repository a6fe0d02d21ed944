export { areaLabel } from "./area-label.ts";
export { AreaPicker } from "./area-picker.tsx";
export { Button } from "./button.tsx";
export { CardBoundary } from "./card-boundary.tsx";
export { ConnectionBanner, ConnectionChip } from "./connection-chip.tsx";
export { DataTable } from "./data-table.tsx";
export type { TableColumn } from "./data-table.tsx";
export { Dialog } from "./dialog.tsx";
export { fold, matchRank, matches } from "./fold.ts";
export {
  AsOf,
  BasisTag,
  ConditionChip,
  LevelText,
  QualityMark,
  RiskChip,
  SourceLine,
  StateChip,
  Value,
} from "./marks.tsx";
export { ModeFrame, SimulatedWord } from "./mode-frame.tsx";
export { Pager } from "./pager.tsx";
export { SeverityBadge } from "./severity-badge.tsx";
export { SeverityFilter } from "./severity-filter.tsx";
export { EmptyState, ErrorState, Skeleton } from "./states.tsx";
export { LangSwitch, ThemeSwitch } from "./switches.tsx";
export { TabPanel, Tabs } from "./tabs.tsx";
export { ToastRegion, say } from "./toast.tsx";
