declare module 'mjml' {
  /** Of MJML 5, which brings no types of its own. */
  export default function mjml2html(
    source: string,
    options?: object,
  ): Promise<{ html: string; errors: unknown[] }>;
}
