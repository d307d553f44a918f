import manifest from '../package.json' with { type: 'json' };

/** Where the repository is public, by `repository.url` of package.json: the one place that names its owner. */
export const repository = manifest.repository.url.replace(/^git\+|\.git$/g, '');
