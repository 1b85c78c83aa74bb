import { UnavailableError } from '@drydock/model';
import { z } from 'zod';
import { type Command, quick, type ToolRunner } from '../tools/command.ts';

/** The part of `docker info` that is looked at (moby, `api/types/system/info.go`). */
const infoSchema = z.object({
  NCPU: z.number().default(0),
  MemTotal: z.number().default(0),
  CgroupVersion: z.string().default(''),
  ServerErrors: z.array(z.string()).default([]),
  OperatingSystem: z.string().default(''),
});
export type DockerInfo = z.infer<typeof infoSchema>;

export const DOCKER_INFO: Command = quick('docker', 'info', '--format', '{{json .}}');

/** What the Docker engine says of itself. @throws UnavailableError when it does not answer */
export async function dockerInfo(tools: ToolRunner): Promise<DockerInfo> {
  const { exitCode, stdout, stderr } = await tools.run(DOCKER_INFO);
  const parsed = infoSchema.safeParse(exitCode === 0 ? JSON.parse(stdout || '{}') : {});
  const [error] = parsed.data?.ServerErrors ?? [];
  if (exitCode !== 0 || error !== undefined || parsed.data === undefined) {
    throw new UnavailableError(error ?? stderr.trim().split('\n').at(-1) ?? 'Docker does not answer');
  }
  return parsed.data;
}
