import { spawn } from 'node:child_process';

/** Runs a program to its end and says its exit code. Signals reach it; it ends by itself. */
export function run(argv, node, { env, cwd } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(node.executable, argv, {
      cwd,
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
