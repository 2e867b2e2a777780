export function NewWorkflowPage() {
  return null;
}
