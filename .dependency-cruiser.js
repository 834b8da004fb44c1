const specsAndTesting = String.raw`(\.spec\.ts$|/testing/)`;
const pure = String.raw`^libs/.+\.(events|decider|projection)\.ts$`;
const adapters = '^libs/eventsourcing/(sqlite|mongodb|eventstoredb)/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one thing, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'libs-know-no-app',
      comment: 'Apps only wire; nothing in libs depends on how it is started.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'rules-are-pure',
      comment: 'Events, deciders and projections import no npm or Node module; the schema language comes from the kit.',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'rules-reach-no-io',
      comment: 'Nor do they reach a Node module, a framework or a database driver through other files.',
      severity: 'error',
      from: { path: pure },
      to: {
        reachable: true,
        path: '(^node:|^(crypto|fs|http|net|os|path|process|sqlite|timers|worker_threads)(/|$)|node_modules/(@nestjs|@eventstore|mongodb|kafkajs)/)',
      },
    },
    {
      name: 'features-meet-through-events',
      comment:
        'A feature knows of another only its events; the kit, the manners of HTTP and pure mathematics are open to all. Composition and the ways in (sample, importing) give the features commands.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: '^libs/(eventsourcing|composition|sample|importing)/' },
      to: { path: '^libs/', pathNot: ['^libs/($1|eventsourcing|http|statistics)/', String.raw`\.events\.ts$`] },
    },
    {
      name: 'the-kit-knows-no-feature',
      severity: 'error',
      from: { path: '^libs/eventsourcing/' },
      to: { path: '^libs/', pathNot: '^libs/eventsourcing/' },
    },
    {
      name: 'common-ground-knows-no-feature',
      severity: 'error',
      from: { path: '^libs/(http|statistics)/' },
      to: { path: '^libs/', pathNot: '^libs/(eventsourcing|http|statistics)/' },
    },
    {
      name: 'adapters-are-chosen-in-composition',
      comment: 'The kit and the features speak to ports; which store stands behind one is decided in one place.',
      severity: 'error',
      from: { path: '^libs/', pathNot: [adapters, specsAndTesting, '^libs/composition/'] },
      to: { path: adapters },
    },
    {
      name: 'shipped-code-knows-no-test',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: specsAndTesting },
      to: { path: [specsAndTesting, '^(test|bench|scripts)/'] },
    },
    {
      name: 'the-page-knows-only-the-api',
      comment: 'The page is a client like any other: what it needs to know, the API says.',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(libs|apps/(server|cli))/' },
    },
    {
      name: 'features-of-the-page-stay-apart',
      comment: 'What two of them need stands in a folder beside features, or is the API’s.',
      severity: 'error',
      from: { path: '^apps/web/features/([^/]+)/' },
      to: { path: '^apps/web/features/', pathNot: '^apps/web/features/$1/' },
    },
    {
      name: 'shipped-code-needs-no-dev-dependency',
      comment: 'The page is built before it ships, so what it is made with need not.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [specsAndTesting, '^apps/web/'] },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'dependencies-are-listed',
      comment: 'What is imported stands in package.json, not only in the tree of something else.',
      severity: 'error',
      from: { path: '^(apps|libs|test|bench)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
    {
      name: 'imports-resolve',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|coverage|[.]cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
};
