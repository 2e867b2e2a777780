/** A segment with what is kept about its members. */
export interface SegmentRow {
  id: number;
  key: string;
  name: string;
  kind: 'list' | 'dynamic';
  purpose: string;
  source: string;
  created_at: Date;
  updated_at: Date;
  archived_at: Date | null;
  size: number;
  /** The last change of the segment or of its members. */
  changed_at: Date;
  /** The version whose members are kept; 0 for lists, and until the first is computed. */
  version: number;
  /** Whether the latest rule has its members; a list always has. */
  state: 'computing' | 'ready' | 'failed';
}
