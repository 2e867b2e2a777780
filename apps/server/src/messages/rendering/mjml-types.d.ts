declare module 'mjml' {
  /** Of MJML 5, which brings no types of its own. */
  export default function mjml2html(
    source: string,
    options?: object,
  ): Promise<{ html: string; errors: unknown[] }>;
}

declare module 'mjml-preset-core' {
  const preset: {
    components: readonly unknown[];
    /** What may stand in an element, by its name. */
    dependencies: Record<string, readonly (string | RegExp)[]>;
  };
  export default preset;
}
