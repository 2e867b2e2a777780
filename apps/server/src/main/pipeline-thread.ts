import { startBackground } from './start-background.ts';
import { startPipeline } from './start-pipeline.ts';
import type { PipelineData, ThreadData, Work } from './thread-data.ts';
import { tellMain, workInThread } from './work-in-thread.ts';

await workInThread(async (data: PipelineData) => {
  const pipeline = await startPipeline(data, {
    onLoad: (share) => tellMain({ kind: 'load', share }),
  });
  return data.index === 0 ? withBackground(data, pipeline) : pipeline;
});

/** A thread of its own would cost an idle installation as much memory as each of the others. */
async function withBackground(data: ThreadData, pipeline: Work): Promise<Work> {
  const background = await startBackground(data);
  return {
    async stop() {
      await background.stop();
      await pipeline.stop();
    },
  };
}
