export { makeSample } from './make-sample.ts';
export type { SampleParts } from './make-sample.ts';
export { sampleRoutes } from './routes.ts';
export { startSimulator } from './simulator/start-simulator.ts';
export type { SimulatorParts } from './simulator/simulator-parts.ts';
export type { Simulator } from './simulator/start-simulator.ts';
