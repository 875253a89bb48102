// Loaded into a child by `startNode`. The channel to the parent closes when the parent ends, however it ends.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM')
  // Nobody is left who would notice a shutdown that hangs.
  setTimeout(() => process.exit(1), 60_000).unref()
})
// The listener would keep a program alive that has finished.
process.channel?.unref()
