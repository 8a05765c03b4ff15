// `npm run fuzz [-- --runs 1000000]`: the tests of test/fuzz with many more inputs than the suite takes.
const at = process.argv.indexOf("--runs");
const runs = at === -1 ? "1000000" : (process.argv[at + 1] ?? "");
if (!/^[1-9]\d{0,8}$/.test(runs)) {
  process.stderr.write(`--runs must be a whole number from 1 to 999999999, not "${runs}"\n`);
  process.exit(2);
}
process.env.FUZZ_RUNS = runs;
process.argv.splice(2, process.argv.length - 2, "test/fuzz");
await import("./test.mjs");
