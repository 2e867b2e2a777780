export { Avatar } from './Avatar.tsx';
export {
  ChannelIcon,
  ChannelLabel,
  channelLooks,
  isChannelKey,
  useChannelName,
} from './Channel.tsx';
export type { ChannelKey } from './Channel.tsx';
export { CodeEditor } from './code-editor/CodeEditor.tsx';
export type {
  CodeEditorHandle,
  CodeEditorProps,
  CodeProblem,
} from './code-editor/code-editor-props.ts';
export type { LiquidFilter, TemplateWords } from './code-editor/template-words.ts';
export { CodeDiff } from './code-editor/CodeDiff.tsx';
export { Copyable } from './Copyable.tsx';
export { CopyButton } from './CopyButton.tsx';
export { Fact, Facts } from './Facts.tsx';
export { FilterChip } from './FilterChip.tsx';
export type { FilterOption } from './FilterChip.tsx';
export { FilterRow } from './FilterRow.tsx';
export { CardGrid } from './grid/CardGrid.tsx';
export { Inspector } from './Inspector.tsx';
export { JsonView } from './JsonView.tsx';
export { LiquidInput } from './liquid-input/LiquidInput.tsx';
export { Page } from './Page.tsx';
export { PageHeader } from './PageHeader.tsx';
export { Panel } from './Panel.tsx';
export { fieldsOf } from './schema-form/fields-of.ts';
export type { FormField, ObjectSchema } from './schema-form/fields-of.ts';
export { SchemaForm } from './schema-form/SchemaForm.tsx';
export type { FormValue, SchemaFormProps } from './schema-form/SchemaForm.tsx';
export { Scroller } from './Scroller.tsx';
export { SectionHead } from './SectionHead.tsx';
export { SearchField } from './SearchField.tsx';
export { Snippet } from './Snippet.tsx';
export { Sparkline } from './Sparkline.tsx';
export { SplitView } from './SplitView.tsx';
export { EmptyState } from './states/EmptyState.tsx';
export { ErrorState } from './states/ErrorState.tsx';
export { NoRights } from './states/NoRights.tsx';
export { SkeletonBlock, SkeletonFacts, SkeletonLines } from './states/Skeletons.tsx';
export { StatNumber } from './StatNumber.tsx';
export { StatusBadge } from './StatusBadge.tsx';
export type { Tone } from './StatusBadge.tsx';
export { BulkBar } from './table/BulkBar.tsx';
export { DataTable } from './table/DataTable.tsx';
export { formatSort, parseSort } from './table/columns.ts';
export type { Column, Sort } from './table/columns.ts';
export { useTableSelection } from './table/selection.ts';
export type { TableSelection } from './table/selection.ts';
export { TableViewMenu } from './table/TableViewMenu.tsx';
export type { TableArrangement } from './table/use-table-view.ts';
export { useTableView } from './table/use-table-view.ts';
export { uiTexts } from './texts.ts';
export { cssVariablesResolver, theme } from './theme.ts';
export { exactTime, Time } from './time/Time.tsx';
export { useNow } from './time/use-now.ts';
export { Timeline, TimelineHeading, TimelineItem } from './Timeline.tsx';
export { ToType } from './ToType.tsx';
export { TypedConfirm } from './TypedConfirm.tsx';
export { useClipboard } from './use-clipboard.ts';
export { useDelayed } from './use-delayed.ts';
