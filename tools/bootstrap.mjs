// Runs a command of the repository with what it needs, from any state of the machine: Node.js 24
// (from npm when the system's is older), the dependencies of package-lock.json, and what is built:
// the web interface and the program. Plain JavaScript for Node.js 18 and newer, without
// dependencies: it is what runs before anything is installed.
import { fileURLToPath } from 'node:url';
import { build } from './bootstrap/build.mjs';
import { commands } from './bootstrap/commands.mjs';
import { installDependencies } from './bootstrap/dependencies.mjs';
import { findNode } from './bootstrap/node.mjs';
import { run } from './bootstrap/run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [name = 'start', ...args] = process.argv.slice(2);
const command = commands[name];

if (!command) {
  console.error(`There is no command ${name}. There are: ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}

const missing = command.missing?.();
if (missing) {
  console.log(missing);
  process.exit(0);
}

try {
  const node = await findNode(root);
  await installDependencies(root, node);
  for (const application of command.needs ?? []) await build(application, root, node);
  process.exitCode = await runAll(command.steps(args, root), node);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

/** Every step runs even if one before it failed, so that one look shows all that is wrong. */
async function runAll(steps, node) {
  let worst = 0;
  for (const step of steps) {
    if (steps.length > 1) console.log(`\n> ${step.title}`);
    const code = await run(step.argv, node, { env: step.env, cwd: root });
    if (code !== 0 && steps.length > 1) console.error(`${step.title}: failed`);
    worst = Math.max(worst, code);
  }
  return worst;
}
