import { openStore } from '../../../src/main/store';

/** `lock-child LIBRARY`: opens the library and holds it until killed. */
openStore(process.argv[2] ?? '');
console.log('open');
setInterval(() => undefined, 1000);
