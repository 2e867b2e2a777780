export const workflowsTexts = {} as const;
