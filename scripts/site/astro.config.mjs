import { satteri } from '@astrojs/markdown-satteri';
import starlight from '@astrojs/starlight';
import { defineConfig, passthroughImageService } from 'astro/config';
import starlightOpenAPI, { createOpenAPISidebarGroup } from 'starlight-openapi';
import navigation from './src/content/navigation.json' with { type: 'json' };

const operations = createOpenAPISidebarGroup();
const { DOCS_BASE, DOCS_URL } = process.env;

/** Makes tables that are wider than a phone focusable, so that the keyboard can scroll them. */
const focusableTables = `addEventListener('DOMContentLoaded', () => {
  for (const table of document.querySelectorAll('table'))
    new ResizeObserver(() => {
      if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
      else table.removeAttribute('tabindex');
    }).observe(table);
});`;

/** Lets JSON Pointers and paths break after a slash, not within a word. */
const breakablePointers = {
  name: 'breakable-pointers',
  element: {
    filter: ['code'],
    visit(node, context) {
      const text = context.textContent(node);
      if (!/^\/\S+$/.test(text)) return;
      const children = text.split(/(?<=.\/)/).flatMap((value) => [
        { type: 'text', value },
        { type: 'element', tagName: 'wbr', properties: {}, children: [] },
      ]);
      context.replaceNode(node, { type: 'element', tagName: 'code', properties: node.properties, children });
    },
  },
};

export default defineConfig({
  ...(DOCS_URL ? { site: DOCS_URL } : {}),
  base: DOCS_BASE ?? '/',
  outDir: '../../site',
  image: { service: passthroughImageService() },
  // Text stays as written: the texts of the rules are those of the command line.
  markdown: {
    processor: satteri({ features: { smartPunctuation: false }, hastPlugins: [breakablePointers] }),
  },
  integrations: [
    starlight({
      title: 'logto-jwt-customizer',
      description: "Contract, typed client, mock and contract suite for Logto's JWT customizer API",
      head: [{ tag: 'script', content: focusableTables }],
      customCss: ['./src/site.css'],
      plugins: [
        starlightOpenAPI([
          {
            base: 'http-api',
            schema: './src/content/openapi.json',
            sidebar: { label: 'HTTP API', collapsed: true, group: operations, operations: { badges: true } },
          },
        ]),
      ],
      sidebar: navigation.flatMap((group) => (group.label === 'Reference' ? [group, operations] : [group])),
    }),
  ],
});
