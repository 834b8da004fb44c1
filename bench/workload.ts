/** The process of one workload: `runInChild` names a module and its input, and is sent what its `run` found. */
const [, , module, input] = process.argv;

const { run } = (await import(new URL(module!, import.meta.url).href)) as { run(input: unknown): Promise<unknown> };
const result = await run(JSON.parse(input!));
process.send!({ result, peakMebibytes: Math.round(process.resourceUsage().maxRSS / 1024) });
