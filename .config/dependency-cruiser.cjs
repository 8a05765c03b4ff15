/** The one import direction: main → adapters → app → domain; adapters never import each other. */
module.exports = {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    { name: "domain-is-pure", severity: "error", from: { path: "^src/domain" }, to: { pathNot: "^(src/domain|node_modules/zod|zod)" } },
    { name: "app-knows-domain-only", severity: "error", from: { path: "^src/app" }, to: { pathNot: "^(src/app|src/domain|node_modules/zod|zod)" } },
    // Pages are checked by oxlint (no-restricted-imports, no-cycle): this tool's swc parser does not read TSX.
    {
      name: "adapters-never-import-each-other",
      severity: "error",
      from: { path: "^src/adapters/((?:channels|nlu|bot|stores)/[^/]+|[^/]+)/" },
      to: { path: "^src/adapters/", pathNot: "^src/adapters/$1/" },
    },
    { name: "nobody-imports-main-or-cli", severity: "error", from: { pathNot: "^src/(main|cli|compose)" }, to: { path: "^src/(main\\.ts|cli/|compose)" } },
    { name: "wire-is-shared-and-bare", severity: "error", from: { path: "^src/wire" }, to: { pathNot: "^(src/wire|node_modules/zod|zod)" } },
    { name: "only-nlpjs-folder-knows-nlpjs", severity: "error", from: { pathNot: "^src/adapters/nlu/nlpjs" }, to: { path: "@nlpjs" } },
    { name: "only-botkit-folder-knows-botkit", severity: "error", from: { pathNot: "^src/adapters/bot/botkit" }, to: { path: "(botkit|botbuilder)", pathNot: "^src/" } },
  ],
  options: {
    exclude: { path: "^src/(browser|launch)/" },
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    parser: "swc",
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default"], extensions: [".ts", ".tsx", ".js", ".mjs"] },
  },
};
