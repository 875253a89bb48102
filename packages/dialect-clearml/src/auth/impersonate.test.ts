import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, type ClearmlCaller, startClearml } from '../testing/clearml.fixture.ts'
import { codes } from './auth.fixture.ts'

let clearml: Clearml
let user: ClearmlCaller
beforeAll(async () => {
  clearml = await startClearml()
  user = await clearml.another()
})

const current = (caller: ClearmlCaller, headers: Record<string, string>) =>
  caller.call('users.get_current_user', {}, { headers })
const as = (id: string) => ({ 'x-clearml-impersonate-as': id })

describe('a call on behalf of another user', () => {
  it('is made with that user’s identity and role', async () => {
    const { data } = await current(clearml, as(user.user.id))
    expect(data.user).toMatchObject({ id: user.user.id, role: 'user' })
    expect((await current(clearml, { 'x-trains-impersonate-as': user.user.id })).data.user.id).toBe(user.user.id)
  })

  it('keeps the caller’s role when it only acts as that user', async () => {
    const { data } = await current(clearml, { 'x-clearml-act-as': user.user.id })
    expect(data.user).toMatchObject({ id: user.user.id, role: 'admin' })
  })

  it('is refused to those whose role does not allow it, for users that are unknown, and both ways at once', async () => {
    expect(codes(await current(user, as(clearml.user.id)))).toBe('400/6')
    expect(codes(await current(clearml, as('nobody')))).toBe('400/6')
    expect(codes(await current(clearml, { ...as(user.user.id), 'x-clearml-act-as': user.user.id }))).toBe('400/5')
  })

  it('reaches neither into another company nor up to a higher role, unless the caller’s own reaches there', async () => {
    const stranger = await clearml.another({ company: 'new' })
    const root = await clearml.another({ role: 'root' })
    expect(codes(await current(clearml, as(stranger.user.id)))).toBe('400/6')
    expect(codes(await current(clearml, as(root.user.id)))).toBe('400/6')
    expect((await current(root, as(stranger.user.id))).data.user.id).toBe(stranger.user.id)
  })
})
