import type { LineMove, QueueRef } from '@inferq/domain'
import type { Redis } from 'ioredis'
import { lineKey } from './keys.ts'

/**
 * Moves one waiting job to another place of its line, in one step that no worker can come between. BullMQ serves the
 * jobs of the sorted set by rising score, `priority * 2^32 + counter`, so a place is a score.
 *
 *   Input
 *     KEYS[1] `prioritized`: sorted set of waiting jobs
 *     KEYS[2] `wait`: list of recovered jobs, served before all of those, its right end first
 *     KEYS[3] `pc`: the counter that gives new jobs their place within their priority
 *     ARGV[1] the job's id
 *     ARGV[2] `front`, `back`, `forward` (towards the front) or `backward`
 *     ARGV[3] by how many places, for the last two
 *   Output
 *     the job's new place, from 0, clipped to the ends
 *     nil when the job waits in neither; then nothing was changed
 *
 * What makes it exact:
 * - Recovered jobs are first given scores in front of all others, so that the line is one sorted set.
 * - At an end of the line only the moved job gets a new score. In between it takes the score of the job whose place it
 *   takes, which gives way by 1, and so does the next one where scores would meet, towards the gap that the moved job
 *   left. So the others keep their order towards jobs still to come, and equal scores (of jobs that workers gave
 *   back) come apart.
 * - The counter is raised with every score that grew, so a new job still comes after all of its priority.
 *
 * A job's own `priority` is left as it was made: BullMQ reads it only when the job has left the sorted set and comes
 * back. A retry then stands at the end of its priority, a released job at the front of it, a stalled one before all.
 */
const script = `
local line, recovered, counter = KEYS[1], KEYS[2], KEYS[3]
local job, way, steps = ARGV[1], ARGV[2], tonumber(ARGV[3])
local priorityStep = 2 ^ 32

local function at(rank)
  local entry = redis.call('ZRANGE', line, rank, rank, 'WITHSCORES')
  return entry[1], tonumber(entry[2])
end

local isRecovered = redis.call('LPOS', recovered, job)
if not isRecovered and not redis.call('ZSCORE', line, job) then return false end

local _, first = at(0)
local score = first or priorityStep
for _, id in ipairs(redis.call('LRANGE', recovered, 0, -1)) do
  score = score - 1
  redis.call('ZADD', line, score, id)
end
redis.call('DEL', recovered)

local last = redis.call('ZCARD', line) - 1
local from = redis.call('ZRANK', line, job)
local to = ({ front = 0, back = last, forward = from - steps, backward = from + steps })[way]
to = math.max(0, math.min(last, to))
if to == from then return to end

local _, place = at(to)
redis.call('ZREM', line, job)

if to == 0 then
  redis.call('ZADD', line, place - 1, job)
elseif to == last then
  local newest = math.floor(place / priorityStep) * priorityStep + redis.call('INCR', counter)
  redis.call('ZADD', line, math.max(newest, place + 1), job)
else
  -- Ranks are now those without the moved job; it goes between the ranks to - 1 and to.
  local step = to < from and 1 or -1
  local rank = step == 1 and to or to - 1
  local _, neighbour = at(rank - step)
  local taken = step == 1 and math.max(place, neighbour + 1) or math.min(place, neighbour - 1)
  local moved = { { taken, job } }
  while rank >= 0 do
    local id, old = at(rank)
    if not id or (old - taken) * step > 0 then break end
    taken = taken + step
    moved[#moved + 1] = { taken, id }
    rank = rank + step
  end
  for _, entry in ipairs(moved) do redis.call('ZADD', line, entry[1], entry[2]) end
  if step == 1 then redis.call('INCRBY', counter, #moved) end
end
return to
`

const keyCount = 3

/** Null: the job does not wait in this line. */
export async function moveJob(redis: Redis, ref: QueueRef, jobId: string, to: LineMove): Promise<number | null> {
  const keys = ['prioritized', 'wait', 'pc'].map((part) => lineKey(ref, part))
  const place = await redis.eval(script, keyCount, ...keys, jobId, ...wordsOf(to))
  return place as number | null
}

function wordsOf(to: LineMove): [way: string, steps: number] {
  if (typeof to === 'string') return [to, 0]
  return 'forward' in to ? ['forward', to.forward] : ['backward', to.backward]
}
