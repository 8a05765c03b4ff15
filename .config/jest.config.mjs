export default {
  rootDir: "..",
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2023" }, module: { type: "es6" } }],
  },
  testTimeout: 20_000,
  // Two cores: one worker runs the browser and server tests without starving the other. A third makes both slower.
  maxWorkers: 2,
};
