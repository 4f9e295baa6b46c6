/** What an image shows of its Dockerfile: `import { observe } from 'restage/observe'`. */
export { FactsError, readFacts } from './facts.ts';
export { type Observed, type ObserveInput, observe } from './observe.ts';
