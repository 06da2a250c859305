/**
 * What a log line may say about a bug. Messages of databases and parsers quote the values that came, and those may be a number
 * or a name: what stands in quotes or brackets, Chinese text and runs of digits are left out; where it happened stays.
 */
export function bugForLog(error: Error): {
  readonly name: string
  readonly message: string
  readonly at: string
} {
  const frames = (error.stack ?? '').split('\n').filter(line => line.trimStart().startsWith('at '))
  return { name: error.name, message: withoutValues(error.message), at: frames.join('\n') }
}

function withoutValues(message: string): string {
  return message.replaceAll(/"[^"]*"|'[^']*'|\([^)]*\)|\d{4,}|\p{Script=Han}+/gu, '…')
}
