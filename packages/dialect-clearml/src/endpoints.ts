import { authCreateCredentials } from './auth/create-credentials.ts'
import { authCreateUser } from './auth/create-user.ts'
import { authEditCredentials } from './auth/edit-credentials.ts'
import { authFixedUsersMode } from './auth/fixed-users-mode.ts'
import { authGetCredentials } from './auth/get-credentials.ts'
import { authGetTokenForUser } from './auth/get-token-for-user.ts'
import { authLogin } from './auth/login.ts'
import { authLogout } from './auth/logout.ts'
import { authRevokeCredentials } from './auth/revoke-credentials.ts'
import { authValidateToken } from './auth/validate-token.ts'
import { debugPing } from './debug/ping.ts'
import type { Endpoint } from './endpoint.ts'
import { eventsAdd } from './events/add.ts'
import { eventsAddBatch } from './events/add-batch.ts'
import { eventsDebugImages } from './events/debug-images.ts'
import { eventsDeleteForTask } from './events/delete-for-task.ts'
import { eventsGetTaskEvents } from './events/get-task-events.ts'
import { eventsGetTaskLog } from './events/get-task-log.ts'
import { eventsGetTaskPlots } from './events/get-task-plots.ts'
import { eventsGetTaskSingleValueMetrics } from './events/get-task-single-value-metrics.ts'
import { eventsScalarMetricsIterHistogram } from './events/scalar-metrics-iter-histogram.ts'
import { loginLogout } from './login/logout.ts'
import { loginSupportedModes } from './login/supported-modes.ts'
import { modelsAddOrUpdateMetadata } from './models/add-or-update-metadata.ts'
import { modelsArchiveMany } from './models/archive-many.ts'
import { modelsCreate } from './models/create.ts'
import { modelsDelete } from './models/delete.ts'
import { modelsDeleteMany } from './models/delete-many.ts'
import { modelsDeleteMetadata } from './models/delete-metadata.ts'
import { modelsEdit } from './models/edit.ts'
import { modelsGetAll } from './models/get-all.ts'
import { modelsGetAllEx } from './models/get-all-ex.ts'
import { modelsGetById } from './models/get-by-id.ts'
import { modelsSetReady } from './models/set-ready.ts'
import { modelsUnarchiveMany } from './models/unarchive-many.ts'
import { modelsUpdate } from './models/update.ts'
import { modelsUpdateForTask } from './models/update-for-task.ts'
import { organizationGetTags } from './organization/get-tags.ts'
import { projectsCreate } from './projects/create.ts'
import { projectsDelete } from './projects/delete.ts'
import { projectsGetAll } from './projects/get-all.ts'
import { projectsGetAllEx } from './projects/get-all-ex.ts'
import { projectsGetById } from './projects/get-by-id.ts'
import { projectsUpdate } from './projects/update.ts'
import { queuesAddOrUpdateMetadata } from './queues/add-or-update-metadata.ts'
import { queuesAddTask } from './queues/add-task.ts'
import { queuesClearQueue } from './queues/clear-queue.ts'
import { queuesCreate } from './queues/create.ts'
import { queuesDelete } from './queues/delete.ts'
import { queuesDeleteMetadata } from './queues/delete-metadata.ts'
import { queuesGetAll } from './queues/get-all.ts'
import { queuesGetAllEx } from './queues/get-all-ex.ts'
import { queuesGetById } from './queues/get-by-id.ts'
import { queuesGetDefault } from './queues/get-default.ts'
import { queuesGetNextTask } from './queues/get-next-task.ts'
import { queuesGetNumEntries } from './queues/get-num-entries.ts'
import { queuesGetQueueMetrics } from './queues/get-queue-metrics.ts'
import { queuesMoveTaskBackward } from './queues/move-task-backward.ts'
import { queuesMoveTaskForward } from './queues/move-task-forward.ts'
import { queuesMoveTaskToBack } from './queues/move-task-to-back.ts'
import { queuesMoveTaskToFront } from './queues/move-task-to-front.ts'
import { queuesPeekTask } from './queues/peek-task.ts'
import { queuesRemoveTask } from './queues/remove-task.ts'
import { queuesUpdate } from './queues/update.ts'
import { serverConfig } from './server/config.ts'
import { serverEndpoints } from './server/endpoints.ts'
import { serverInfo } from './server/info.ts'
import { tasksAddOrUpdateArtifacts } from './tasks/add-or-update-artifacts.ts'
import { tasksAddOrUpdateModel } from './tasks/add-or-update-model.ts'
import { tasksArchive } from './tasks/archive.ts'
import { tasksArchiveMany } from './tasks/archive-many.ts'
import { tasksClone } from './tasks/clone.ts'
import { tasksClose } from './tasks/close.ts'
import { tasksCompleted } from './tasks/completed.ts'
import { tasksCreate } from './tasks/create.ts'
import { tasksDelete } from './tasks/delete.ts'
import { tasksDeleteArtifacts } from './tasks/delete-artifacts.ts'
import { tasksDeleteConfiguration } from './tasks/delete-configuration.ts'
import { tasksDeleteHyperParams } from './tasks/delete-hyper-params.ts'
import { tasksDeleteMany } from './tasks/delete-many.ts'
import { tasksDeleteModels } from './tasks/delete-models.ts'
import { tasksDequeue } from './tasks/dequeue.ts'
import { tasksDequeueMany } from './tasks/dequeue-many.ts'
import { tasksEdit } from './tasks/edit.ts'
import { tasksEditConfiguration } from './tasks/edit-configuration.ts'
import { tasksEditHyperParams } from './tasks/edit-hyper-params.ts'
import { tasksEnqueue } from './tasks/enqueue.ts'
import { tasksEnqueueMany } from './tasks/enqueue-many.ts'
import { tasksFailed } from './tasks/failed.ts'
import { tasksGetAll } from './tasks/get-all.ts'
import { tasksGetAllEx } from './tasks/get-all-ex.ts'
import { tasksGetById } from './tasks/get-by-id.ts'
import { tasksGetByIdEx } from './tasks/get-by-id-ex.ts'
import { tasksGetConfigurationNames } from './tasks/get-configuration-names.ts'
import { tasksGetConfigurations } from './tasks/get-configurations.ts'
import { tasksGetHyperParams } from './tasks/get-hyper-params.ts'
import { tasksGetTypes } from './tasks/get-types.ts'
import { tasksMakePrivate } from './tasks/make-private.ts'
import { tasksMakePublic } from './tasks/make-public.ts'
import { tasksMove } from './tasks/move.ts'
import { tasksPing } from './tasks/ping.ts'
import { tasksPublish } from './tasks/publish.ts'
import { tasksPublishMany } from './tasks/publish-many.ts'
import { tasksReset } from './tasks/reset.ts'
import { tasksResetMany } from './tasks/reset-many.ts'
import { tasksSetRequirements } from './tasks/set-requirements.ts'
import { tasksStarted } from './tasks/started.ts'
import { tasksStop } from './tasks/stop.ts'
import { tasksStopMany } from './tasks/stop-many.ts'
import { tasksStopped } from './tasks/stopped.ts'
import { tasksUnarchiveMany } from './tasks/unarchive-many.ts'
import { tasksUpdate } from './tasks/update.ts'
import { tasksUpdateBatch } from './tasks/update-batch.ts'
import { tasksUpdateTags } from './tasks/update-tags.ts'
import { tasksValidate } from './tasks/validate.ts'
import { usersGetAll } from './users/get-all.ts'
import { usersGetAllEx } from './users/get-all-ex.ts'
import { usersGetById } from './users/get-by-id.ts'
import { usersGetCurrentUser } from './users/get-current-user.ts'
import { workersGetActivityReport } from './workers/get-activity-report.ts'
import { workersGetAll } from './workers/get-all.ts'
import { workersGetCount } from './workers/get-count.ts'
import { workersGetMetricKeys } from './workers/get-metric-keys.ts'
import { workersGetRuntimeProperties } from './workers/get-runtime-properties.ts'
import { workersGetStats } from './workers/get-stats.ts'
import { workersRegister } from './workers/register.ts'
import { workersSetRuntimeProperties } from './workers/set-runtime-properties.ts'
import { workersStatusReport } from './workers/status-report.ts'
import { workersUnregister } from './workers/unregister.ts'

/** Every endpoint that this server has, in the order of the contract. */
export const endpoints: readonly Endpoint[] = [
  tasksAddOrUpdateArtifacts,
  tasksAddOrUpdateModel,
  tasksClone,
  tasksCreate,
  tasksDeleteArtifacts,
  tasksDeleteConfiguration,
  tasksDeleteHyperParams,
  tasksDeleteModels,
  tasksEdit,
  tasksEditConfiguration,
  tasksEditHyperParams,
  tasksMakePrivate,
  tasksMakePublic,
  tasksMove,
  tasksPing,
  tasksSetRequirements,
  tasksUpdate,
  tasksUpdateBatch,
  tasksUpdateTags,
  tasksValidate,
  tasksArchive,
  tasksArchiveMany,
  tasksClose,
  tasksCompleted,
  tasksDelete,
  tasksDeleteMany,
  tasksDequeue,
  tasksDequeueMany,
  tasksEnqueue,
  tasksEnqueueMany,
  tasksFailed,
  tasksPublish,
  tasksPublishMany,
  tasksReset,
  tasksResetMany,
  tasksStarted,
  tasksStop,
  tasksStopMany,
  tasksStopped,
  tasksUnarchiveMany,
  tasksGetAll,
  tasksGetAllEx,
  tasksGetById,
  tasksGetByIdEx,
  tasksGetConfigurationNames,
  tasksGetConfigurations,
  tasksGetHyperParams,
  tasksGetTypes,
  queuesGetById,
  queuesGetAll,
  queuesGetAllEx,
  queuesGetDefault,
  queuesCreate,
  queuesUpdate,
  queuesDelete,
  queuesAddTask,
  queuesGetNextTask,
  queuesPeekTask,
  queuesGetNumEntries,
  queuesRemoveTask,
  queuesClearQueue,
  queuesMoveTaskForward,
  queuesMoveTaskBackward,
  queuesMoveTaskToFront,
  queuesMoveTaskToBack,
  queuesGetQueueMetrics,
  queuesAddOrUpdateMetadata,
  queuesDeleteMetadata,
  workersGetAll,
  workersGetCount,
  workersRegister,
  workersUnregister,
  workersStatusReport,
  workersGetMetricKeys,
  workersGetStats,
  workersGetActivityReport,
  workersGetRuntimeProperties,
  workersSetRuntimeProperties,
  authLogin,
  authLogout,
  authValidateToken,
  authGetTokenForUser,
  authCreateUser,
  authCreateCredentials,
  authGetCredentials,
  authEditCredentials,
  authRevokeCredentials,
  authFixedUsersMode,
  debugPing,
  loginSupportedModes,
  loginLogout,
  serverInfo,
  serverConfig,
  serverEndpoints,
  usersGetAll,
  usersGetAllEx,
  usersGetById,
  usersGetCurrentUser,
  eventsAdd,
  eventsAddBatch,
  eventsGetTaskLog,
  eventsGetTaskEvents,
  eventsGetTaskPlots,
  eventsScalarMetricsIterHistogram,
  eventsGetTaskSingleValueMetrics,
  eventsDebugImages,
  eventsDeleteForTask,
  projectsCreate,
  projectsGetById,
  projectsGetAll,
  projectsGetAllEx,
  projectsUpdate,
  projectsDelete,
  modelsCreate,
  modelsDelete,
  modelsEdit,
  modelsGetAll,
  modelsGetById,
  modelsSetReady,
  modelsGetAllEx,
  modelsUpdate,
  modelsUpdateForTask,
  modelsDeleteMany,
  modelsArchiveMany,
  modelsUnarchiveMany,
  modelsAddOrUpdateMetadata,
  modelsDeleteMetadata,
  organizationGetTags,
]
