import { writeFileSync } from 'node:fs';

writeFileSync('state.json', '{}');
