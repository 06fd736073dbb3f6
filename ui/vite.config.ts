import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ command }) => {
  // What is built is always what is shipped, whatever the environment says: the invented program never is.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    plugins: [svelte(), svelteTesting()],
    resolve: {
      alias: {
        // The words that the window and the command line share.
        $words: here('../crates/app/words'),
      },
    },
    server: {
      // Where `tauri dev` looks for the page.
      port: 5173,
      strictPort: true,
      host: '127.0.0.1',
      fs: { allow: [here('.'), here('../crates/app/words')] },
    },
    build: {
      // WebKitGTK 2.40 and later, WKWebView of macOS 13 and later, WebView2.
      target: ['safari16', 'chrome111'],
      // The content security policy allows neither `data:` nor inline code: everything is a file.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: false,
    },
    test: {
      environment: 'jsdom',
      setupFiles: ['./src/testing/setup.ts'],
      include: ['src/**/*.test.ts'],
      css: false,
    },
  };
});
