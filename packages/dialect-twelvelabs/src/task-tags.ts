/** On tasks that came over this language: they are kept for a time only. */
export const passingTag = 'twelvelabs'
/** On those that a request waited for: they are on no list. */
export const waitedForTag = 'twelvelabs-sync'
