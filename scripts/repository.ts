import manifest from '../package.json' with { type: 'json' };

/** The public URL of the repository, from `repository.url` of package.json: the only place that has its owner. */
export const repository = manifest.repository.url.replace(/^git\+|\.git$/g, '');
