/** What Node must be told before it can run `file`: nothing for built files, the loader for the sources themselves. */
export const nodeArguments = (file: string): string[] =>
  file.endsWith('.ts') ? ['--import', import.meta.resolve('tsx')] : []
