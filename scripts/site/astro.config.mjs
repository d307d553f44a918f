import starlight from '@astrojs/starlight';
import { defineConfig, passthroughImageService } from 'astro/config';
import starlightOpenAPI, { createOpenAPISidebarGroup } from 'starlight-openapi';
import navigation from './src/content/navigation.json' with { type: 'json' };

const operations = createOpenAPISidebarGroup();
const { DOCS_BASE, DOCS_URL } = process.env;

export default defineConfig({
  ...(DOCS_URL ? { site: DOCS_URL } : {}),
  base: DOCS_BASE ?? '/',
  outDir: '../../site',
  image: { service: passthroughImageService() },
  integrations: [
    starlight({
      title: 'logto-jwt-customizer',
      description: "Contract, typed client, mock and contract suite for Logto's JWT customizer API",
      customCss: ['./src/site.css'],
      plugins: [
        starlightOpenAPI([
          {
            base: 'http-api',
            schema: '../../generated/openapi.json',
            sidebar: { label: 'HTTP API', collapsed: false, group: operations, operations: { badges: true } },
          },
        ]),
      ],
      sidebar: navigation.flatMap((group) => (group.label === 'Reference' ? [group, operations] : [group])),
    }),
  ],
});
