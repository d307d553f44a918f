export { installReleases as default } from './install.ts';
