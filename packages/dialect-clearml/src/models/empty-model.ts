/** What a model has of which nothing is said. */
export const emptyModel = {
  framework: null,
  task: null,
  parent: null,
  project: null,
  ready: false,
  labels: {},
  design: {},
  tags: [],
  systemTags: [],
  comment: '',
  metadata: {},
}
