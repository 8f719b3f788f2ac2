import { z } from 'zod';

// Under our content security policy `new Function` is refused; zod would try it once, be refused, and leave a report in the
// console. Imported before any schema is built.
z.config({ jitless: true });
