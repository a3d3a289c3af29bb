import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  build: {
    // chatui makes one document of it: nothing is loaded ahead, and a name need not change with what it names. So each build
    // writes over the last, and `dev` never finds the folder empty.
    modulePreload: false,
    emptyOutDir: false,
    rolldownOptions: {
      output: { entryFileNames: 'widget.js', assetFileNames: 'widget[extname]', comments: { legal: true } },
    },
    // React's licence goes wherever React does.
    license: { fileName: 'licenses.md' },
  },
});
