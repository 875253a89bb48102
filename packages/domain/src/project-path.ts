/** The names from the root to the project: `' a // b '` is `['a', 'b']`. None: the path is empty. */
export const projectPath = (name: string): readonly string[] =>
  name
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
