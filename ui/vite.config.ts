import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [svelte()],
  // Everything is a file of its own: the page's policy lets no script or style stand in the page.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
})
