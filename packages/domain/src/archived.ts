const archivedTag = 'archived'

/** Whether a task or model was put away. */
export const isArchived = ({ systemTags }: { systemTags: readonly string[] }): boolean =>
  systemTags.includes(archivedTag)

/** The system tags of something that is put away, or taken out again. */
export const archivedTags = (systemTags: readonly string[], isAway: boolean): string[] => {
  const others = systemTags.filter((tag) => tag !== archivedTag)
  return isAway ? [...others, archivedTag] : others
}
