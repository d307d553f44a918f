/** The arrows between the folders: document → generated → src → contracts. `npm run check` holds them. */

const face = '/(index|raw)\\.ts$';

/** What a folder of `src/` may import of ours, beside itself. */
const allowed = {
  client: ['^generated/'],
  compatibility: ['^generated/', '^src/runner/release\\.ts$'],
  runner: [],
  tenant: [
    '^generated/',
    '^src/client/(json|redact)\\.ts$',
    `^src/runner${face}`,
    '^src/runner/release\\.ts$',
  ],
  mock: [
    '^generated/',
    '^src/client/(errors|json)\\.ts$',
    `^src/runner${face}`,
    `^src/tenant${face}`,
    `^src/compatibility${face}`,
    '^src/runner/release\\.ts$',
  ],
  session: [
    '^generated/',
    `^src/client${face}`,
    '^src/client/(json|refusal|call/(attempt|engine|transport))\\.ts$',
  ],
  report: ['^generated/', '^src/client/json\\.ts$'],
  contract: [
    '^generated/',
    `^src/client${face}`,
    '^src/client/(json|printable|redact|call/(attempt|engine|transport))\\.ts$',
    `^src/mock${face}`,
    `^src/report${face}`,
    `^src/session${face}`,
    `^src/tenant${face}`,
  ],
  drift: [
    '^generated/',
    '^src/client/endpoint\\.ts$',
    '^src/contract/(json|releases|recordings/index|targets/tenant-document)\\.ts$',
    '^src/runner/release\\.ts$',
  ],
  vitest: [
    '^generated/',
    `^src/client${face}`,
    '^src/client/(json|call/engine)\\.ts$',
    `^src/contract${face}`,
    `^src/mock${face}`,
  ],
  claims: ['^generated/', `^src/runner${face}`, '^src/runner/release\\.ts$'],
  deploy: [
    '^generated/',
    `^src/(claims|client|compatibility|session)${face}`,
    '^src/claims/(build|check|config|distance|parse|read|samples|script-error|types)\\.ts$',
    '^src/client/(endpoint|json|printable|redact|options)\\.ts$',
    '^src/runner/release\\.ts$',
    '^src/contract/(obstacle|releases|targets/tenant-document)\\.ts$',
  ],
  cli: [
    '^generated/version\\.js$',
    `^src/[^/]+${face}`,
    '^src/client/printable\\.ts$',
    '^src/mock/json-file\\.ts$',
    '^src/claims/(check|rules)\\.ts$',
  ],
};

const notTests = '\\.(test|test-d|test-helper)\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(allowed).map(([folder, targets]) => ({
      name: `${folder}-imports`,
      comment: `src/${folder} imports ${targets.join(', ') || 'nothing'} of ours`,
      severity: 'error',
      from: { path: `^src/${folder}/`, pathNot: notTests },
      to: { path: '^(src|generated|contracts|scripts|bench)/', pathNot: [`^src/${folder}/`, ...targets] },
    })),
    {
      name: 'generated-imports-nothing',
      severity: 'error',
      from: { path: '^generated/' },
      to: { pathNot: '^generated/|/zod/' },
    },
    {
      name: 'src-reads-contracts-as-files',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^contracts/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'light-client',
      comment: 'the client is all that everybody loads',
      severity: 'error',
      from: { path: '^src/client/', pathNot: notTests },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'core'], pathNot: 'node_modules/openapi-fetch/' },
    },
    {
      name: 'no-development-dependency',
      comment: 'the page of the report is bundled into one file',
      severity: 'error',
      from: { path: '^src/', pathNot: [notTests, '^src/report/page/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm-peer', 'type-only'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    // Astro's own: what they import is installed by `npm run docs` alone.
    exclude: { path: '^scripts/site/(\\.astro|src|astro\\.config)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
