import type { Variables } from './variable.ts'

/** The settings as rows of a Markdown table, the way docs/configuration.md shows them. */
export const settingsTable = (variables: Variables): string[] =>
  Object.entries(variables).map(([name, { default: fallback, meaning }]) => {
    const shown = fallback ? `\`${fallback}\`` : ''
    return `| \`${name}\` | ${shown} | ${meaning} |`
  })
