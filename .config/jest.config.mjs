export default {
  rootDir: "..",
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2023" }, module: { type: "es6" } }],
  },
  testTimeout: 20_000,
  // Many tests wait for a browser, a server or a clock: on two cores a third worker uses that time.
  maxWorkers: 3,
};
