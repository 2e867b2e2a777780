// Prints "N passed, N failed" from the result that Vitest wrote as JSON; fails if it can't be read.
import { readFileSync } from 'node:fs';

const [path] = process.argv.slice(2);

try {
  const { passed, failed } = count(JSON.parse(readFileSync(path, 'utf8')));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  console.log(`0 passed, 1 failed (no test result: ${error.message})`);
  process.exitCode = 1;
}

/** A file that could not even be loaded has no tests to fail and counts as one failure. */
function count({ numPassedTests, numFailedTests, success, testResults }) {
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every(notFailed),
  ).length;
  const failed = numFailedTests + broken;
  return { passed: numPassedTests, failed: success || failed > 0 ? failed : 1 };
}

function notFailed({ status }) {
  return status !== 'failed';
}
