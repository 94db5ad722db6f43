// How many checks passed and failed, read from what the test programs print last.

/** @typedef {{passed: number, failed: number}} Counts */

const ansi = /\x1b\[[0-9;]*m/g; // eslint-disable-line no-control-regex

/** doctest: "[doctest] test cases: 3 | 2 passed | 1 failed | 0 skipped". A skipped case is one that did not run: failed. */
export function doctestCounts(output) {
  const line = /test cases:\s*(\d+) \|\s*(\d+) passed \|\s*(\d+) failed \|\s*(\d+) skipped/.exec(
    output.replace(ansi, ''),
  );
  if (!line) return null;
  const [total, passed] = [Number(line[1]), Number(line[2])];
  return { passed, failed: total - passed + Number(line[4]) };
}

/** backstep verify: its last line is "N passed, N failed". */
export function verifyCounts(output) {
  const line = /(?:^|\n)(\d+) passed, (\d+) failed\s*$/.exec(output);
  return line && { passed: Number(line[1]), failed: Number(line[2]) };
}

/** node --test with the TAP reporter: "# pass 3" and so on. Only what passed counts as passed. */
export function nodeTestCounts(output) {
  const count = (name) => {
    const lines = [...output.matchAll(new RegExp(`^# ${name} (\\d+)$`, 'gm'))];
    return lines.length ? Number(lines.at(-1)[1]) : NaN;
  };
  const [total, passed] = [count('tests'), count('pass')];
  return Number.isNaN(total) || Number.isNaN(passed) ? null : { passed, failed: total - passed };
}

const TAP_COMMENTS = /^\s*# (?:Subtest|tests|suites|pass|fail|cancelled|skipped|todo|duration_ms)\b/;

/** Of the TAP reporter's output what failed, and what the files printed beside their tests; empty where nothing did. */
export function tapFailures(output) {
  const blocks = output.match(/^ *not ok .*(?:\n *---\n[^]*?\n *\.\.\.$)?/gm) ?? [];
  const printed = output.split('\n').filter((line) => /^\s*# /.test(line) && !TAP_COMMENTS.test(line));
  return blocks.length ? [...printed, ...blocks].join('\n') : '';
}
