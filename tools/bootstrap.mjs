// Runs a command of the repository with what it needs, from any state of the machine: Node.js 24
// (from npm when the system's is older), the dependencies of package-lock.json, and a built web
// interface. Plain JavaScript for Node.js 18 and newer, without dependencies: it is what runs
// before anything is installed.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './bootstrap/dependencies.mjs';
import { findNode } from './bootstrap/node.mjs';
import { buildWeb } from './bootstrap/web.mjs';
import { commands } from './bootstrap/commands.mjs';

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
  if (command.needsWeb) await buildWeb(root, node);
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
    const code = await run(step, node);
    if (code !== 0 && steps.length > 1) console.error(`${step.title}: failed`);
    worst = Math.max(worst, code);
  }
  return worst;
}

/** Signals reach the program, which ends by itself; the bootstrap waits for it. */
function run({ argv, env }, node) {
  return new Promise((done, fail) => {
    const child = spawn(node.executable, argv, {
      cwd: root,
      stdio: 'inherit',
      env: { ...node.env, ...env },
    });
    const pass = (signal) => child.kill(signal);
    const ignore = () => {};
    process.on('SIGTERM', pass).on('SIGHUP', pass);
    // Ctrl-C in a terminal reaches the whole group: the program has it already.
    process.on('SIGINT', process.stdin.isTTY ? ignore : pass);
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      process.off('SIGTERM', pass).off('SIGHUP', pass).off('SIGINT', pass).off('SIGINT', ignore);
      done(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}
