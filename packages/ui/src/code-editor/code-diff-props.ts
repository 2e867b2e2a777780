export interface CodeDiffProps {
  /** Name for screen readers. */
  label: string;
  language: 'json' | 'html' | 'text';
  before: string;
  after: string;
}
