// A plan in short. Pure.

/**
 * @param {{rule: string, threads: number, reason: string}[]} jobs
 * @returns {{rule: string, jobs: number, threads: number, reason: string}[]} in the order of their first job
 */
export function byRule(jobs) {
  /** @type {Map<string, {rule: string, jobs: number, threads: number, reason: string}>} */
  const rules = new Map();
  for (const { rule, threads, reason } of jobs) {
    const known = rules.get(rule);
    if (known) {
      known.jobs++;
      known.threads = Math.max(known.threads, threads);
    } else {
      rules.set(rule, { rule, jobs: 1, threads, reason });
    }
  }
  return [...rules.values()];
}
