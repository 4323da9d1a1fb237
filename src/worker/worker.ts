/** The worker as a file of its own (`dist/x8-worker.js`), for pages whose policy forbids blob workers. */
import { serve } from './entry.js';

serve(self);
