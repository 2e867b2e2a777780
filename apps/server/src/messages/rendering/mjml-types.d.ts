declare module 'mjml' {
  /** Of MJML 5, which brings no types of its own. */
  export default function mjml2html(
    source: string,
    options?: object,
  ): Promise<{ html: string; errors: unknown[] }>;
}

declare module 'mjml-preset-core' {
  /** What a component says about itself. */
  interface Component {
    componentName?: string;
    name: string;
    endingTag?: boolean;
    allowedAttributes?: Record<string, string>;
  }
  const preset: {
    components: readonly Component[];
    /** What may stand in an element, by its name. */
    dependencies: Record<string, readonly (string | RegExp)[]>;
  };
  export default preset;
}
