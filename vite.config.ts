import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../out/renderer',
    emptyOutDir: true,
    chunkSizeWarningLimit: 2000,
    // Browsers that know light-dark() themselves; rewritten for older ones it would not follow the window's own setting.
    target: ['chrome125', 'firefox125', 'safari17.5'],
    // Fonts stay files: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
  },
});
