export { makeSample, SAMPLE_SLUG } from './make-sample.ts';
export type { SampleParts } from './make-sample.ts';
export { sampleRoutes } from './routes.ts';
export { startSimulator } from './simulator/start-simulator.ts';
export type { Simulator, SimulatorParts } from './simulator/start-simulator.ts';
